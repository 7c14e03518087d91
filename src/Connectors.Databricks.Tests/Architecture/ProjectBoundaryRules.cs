using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Which projects a file may use. Every rule maps files to complaints of the form <c>path:line: what is wrong</c>.</summary>
internal static partial class ProjectBoundaryRules
{
    /// <summary>Routes use the connector, and not the other way around.</summary>
    public static IEnumerable<string> OthersIgnoreAspNetCore(IEnumerable<SourceFile> sources) =>
        LayerRules.Matches(
            sources, AspNetCore(), match => $"'{match.Value}'; only Connectors.Databricks.AspNetCore references ASP.NET Core.");

    public static IEnumerable<string> CoreIgnoresSemanticKernel(IEnumerable<SourceFile> core) =>
        LayerRules.Matches(core, SemanticKernel(), match => $"'{match.Value}' in the core; only the adapter references Semantic Kernel.");

    /// <summary>The adapter and the routes are users of the core like any other: what they need of it is public.</summary>
    public static IEnumerable<string> PackageUsesPublicTypes(IEnumerable<SourceFile> package) =>
        LayerRules.Matches(
            package, CoreFolder(), match => $"'{match.Value}' is internal to the core; other packages use public types only.");

    /// <summary>The emulator must not learn the wire from the code it is there to test.</summary>
    public static IEnumerable<string> EmulatorIsIndependent(IEnumerable<SourceFile> emulatorAndProjectFile) =>
        emulatorAndProjectFile.SelectMany(file => LayerRules.IsProjectFile(file)
            ? LayerRules.Matches(
                [file], CoreIncluded(), f => f.Lines, match => $"{match.Value} brings in the core; the emulator writes its own JSON.")
            : LayerRules.Matches([file], CoreMentioned(), match => $"'{match.Value}' is the core's; the emulator writes its own JSON."));

    [GeneratedRegex(@"\b(?:Microsoft|Connectors\.Databricks)\.AspNetCore\b")]
    private static partial Regex AspNetCore();

    [GeneratedRegex(@"\b(?:Microsoft\.)?SemanticKernel\b")]
    private static partial Regex SemanticKernel();

    [GeneratedRegex(@"(?<![\w.])Connectors\.Databricks\.(?!(?:SemanticKernel|AspNetCore|Management)\b)[A-Z]\w*\.?[\w.]*(?=;)")]
    private static partial Regex CoreFolder();

    [GeneratedRegex(@"(?<![\w.])Connectors\.Databricks\b(?!\.Emulator\b)[\w.]*")]
    private static partial Regex CoreMentioned();

    // A project reference, a package reference, or a linked source file.
    [GeneratedRegex("""Include="(?:[^"]*[/\\])?Connectors\.Databricks(?:\.csproj|[/\\][^"]*)?" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CoreIncluded();
}
