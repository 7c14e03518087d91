using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>What a page names in code exists: types and members, environment variables, files and folders.</summary>
internal static partial class NameRules
{
    private const BindingFlags Members =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>
    /// Names such as <c>DatabricksServingOptions.Host</c>: of this repository, of the framework or of a referenced package.
    /// </summary>
    public static IEnumerable<string> NamesExist(IEnumerable<MarkdownFile> pages, IReadOnlySet<string> known) =>
        from page in pages
        from span in page.CodeSpans
        let match = TypeOrMember().Match(span.Code)
        where match.Success && match.Value.Any(char.IsLower)
        let complaint = Complaint(match.Groups["name"].Value.Split('.'), known)
        where complaint is not null
        select $"{page.Path}:{span.Line}: {complaint}";

    /// <summary>Variables such as <c>DATABRICKS_HOST</c>, which some code reads.</summary>
    public static IEnumerable<string> VariablesAreRead(IEnumerable<MarkdownFile> pages, IReadOnlySet<string> texts) =>
        from page in pages
        from span in page.CodeSpans
        from Match variable in Variable().Matches(span.Code)
        where !texts.Contains(variable.Value)
        select $"{page.Path}:{span.Line}: no code reads the variable '{variable.Value}'.";

    /// <summary>Paths such as <c>docs/decisions/</c>, from the root of the repository or of a project.</summary>
    public static IEnumerable<string> PathsExist(IEnumerable<MarkdownFile> pages, IReadOnlyCollection<string> roots) =>
        from page in pages
        from span in page.CodeSpans
        where RelativePath().IsMatch(span.Code) && !span.Code.StartsWith("artifacts/", StringComparison.Ordinal)
            && !roots.Any(root => Exists(Path.Combine(root, span.Code)))
        select $"{page.Path}:{span.Line}: there is no '{span.Code}'.";

    /// <summary>The names of types and members in the code of the repository, the framework and the referenced packages.</summary>
    public static IReadOnlySet<string> KnownNames() =>
        Repository.Everything.SelectMany(file => file.CodeLines).SelectMany(line => Identifier().Matches(line)).Select(name => name.Value)
            .Concat(new[] { AppContext.BaseDirectory, Path.GetDirectoryName(typeof(object).Assembly.Location)! }
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.dll")).SelectMany(NamesIn))
            .ToHashSet(StringComparer.Ordinal);

    private static string? Complaint(string[] parts, IReadOnlySet<string> known)
    {
        if (parts.FirstOrDefault(part => !known.Contains(part)) is { } unknown)
        {
            return $"'{string.Join('.', parts)}': nothing is named '{unknown}'.";
        }

        return parts is [var type, var member, ..] && ShippedApi.Find(type) is { } found && found.GetMember(member, Members).Length == 0
            && found.GetInterfaces().All(one => one.GetMember(member, Members).Length == 0)
            ? $"{type} has no member '{member}'."
            : null;
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    private static IEnumerable<string> NamesIn(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata)
        {
            return [];
        }

        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.TypeDefinitions.Select(type => metadata.GetString(metadata.GetTypeDefinition(type).Name).Split('`')[0]),
            .. metadata.TypeDefinitions.SelectMany(type => metadata.GetString(metadata.GetTypeDefinition(type).Namespace).Split('.')),
            .. metadata.MethodDefinitions.Select(method => metadata.GetString(metadata.GetMethodDefinition(method).Name)),
            .. metadata.PropertyDefinitions.Select(property => metadata.GetString(metadata.GetPropertyDefinition(property).Name)),
            .. metadata.FieldDefinitions.Select(field => metadata.GetString(metadata.GetFieldDefinition(field).Name)),
        ];
    }

    [GeneratedRegex(@"^(?:new )?(?<name>[A-Z]\w*(?:\.[A-Z]\w*)*)(?:<[^>]*>)?(?:\(.*\))?$")]
    private static partial Regex TypeOrMember();

    [GeneratedRegex(@"\b(?:DATABRICKS|ARM|ACTIONS|AZURE|APPROVE)_[A-Z_]+\b(?!…)")]
    private static partial Regex Variable();

    // A folder, or a file of a kind that this repository has; without blanks, wildcards and placeholders.
    [GeneratedRegex(@"^[A-Za-z.][\w.-]*(?:/[\w.-]+)*(?:/|(?<=/[\w.-]*\.(?:cs|csproj|json|md|txt|targets|props)))$")]
    private static partial Regex RelativePath();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Identifier();
}
