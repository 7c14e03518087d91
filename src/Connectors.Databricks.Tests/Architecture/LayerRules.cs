using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Which dependencies a file may have. Every rule maps files to complaints of the form <c>path:line: what is wrong</c>.</summary>
internal static partial class LayerRules
{
    private const int Composition = 5;
    private const int Bottom = 0;

    /// <summary>The layer of each folder.</summary>
    public static IReadOnlyDictionary<string, int> Layers => LayerOfFolder;

    private static readonly Dictionary<string, int> LayerOfFolder = new(StringComparer.Ordinal)
    {
        ["Hosting"] = Composition,
        ["Chat"] = 4,
        ["Embeddings"] = 4,
        ["TextCompletions"] = 4,
        ["Predictions"] = 4,
        ["Agents"] = 4,
        ["Batch"] = 4,
        ["Discovery"] = 4,
        ["Sql"] = 4,
        ["Surfaces"] = 3,
        ["Models"] = 3,
        ["Transport"] = 2,
        ["Authentication"] = 1,
        ["Options"] = Bottom,
        ["ModelRecords"] = Bottom,
        ["Diagnostics"] = Bottom,
        ["Wire"] = Bottom,
    };

    /// <summary>
    /// A file uses its own folder and the layers below it. Types of the root need no using; each is in the layer of the file that declares
    /// it, and files below that layer do not use it.
    /// </summary>
    public static IEnumerable<string> DependsOnLowerLayers(IReadOnlyCollection<SourceFile> core)
    {
        var folderOfType = TypesByFolder(core);
        var rootTypes = RootTypes(core);
        foreach (var file in core)
        {
            var from = LayerOf(file);
            if (from is null)
            {
                yield return $"{file.Path}:1: folder '{file.Folders[0]}' has no layer; "
                    + $"give it one in {nameof(LayerRules)} and in the architecture page.";
                continue;
            }

            foreach (var (line, folder) in FoldersMentioned(file, folderOfType))
            {
                var to = LayerOfFolder[folder];
                var isLevel = to == from.Value.Layer && (to is Bottom or Composition);
                var isDown = to < from.Value.Layer || folder == from.Value.Folder || isLevel || IsAgentOnChat(from.Value.Folder, folder);
                if (!isDown)
                {
                    var direction = to > from.Value.Layer ? "upward" : "sideways";
                    yield return $"{file.Path}:{line}: {from.Value.Folder} (layer {from.Value.Layer}) depends {direction} "
                        + $"on {folder} (layer {to}); a file depends on lower layers only.";
                }
            }

            foreach (var (line, type) in RootTypesMentioned(file, rootTypes))
            {
                if (rootTypes[type] > from.Value.Layer)
                {
                    yield return $"{file.Path}:{line}: {from.Value.Folder} (layer {from.Value.Layer}) depends upward "
                        + $"on {type} (layer {rootTypes[type]}); a file depends on lower layers only.";
                }
            }
        }
    }

    /// <summary>
    /// The chunk templates have one entry point: the rest of the core uses <c>ChunkTemplateReader</c> alone, and the chat client, which
    /// owns it, <c>SharedTemplate</c>.
    /// </summary>
    public static IEnumerable<string> TemplatesHaveOneEntryPoint(IReadOnlyCollection<SourceFile> core)
    {
        var fenced = core.Where(IsTemplate).SelectMany(file => CSharpCode.DeclaredTypes(string.Join('\n', file.CodeLines)))
            .Where(type => type is not "ChunkTemplateReader").ToHashSet(StringComparer.Ordinal);
        return
            from file in core
            where !IsTemplate(file)
            from line in file.CodeLines.Index()
            from match in TypeName().Matches(line.Item)
            where fenced.Contains(match.Value) && !(match.Value is "SharedTemplate" && file.Folders is ["Chat"])
            select $"{file.Path}:{line.Index + 1}: '{match.Value}' is internal to the chunk templates; use ChunkTemplateReader.";
    }

    private static bool IsTemplate(SourceFile file) => file.Folders is ["Chat", "Completions", "Inbound", "Templates"];

    /// <summary>A global using opens a folder to every file at once, and no file's own lines would show it.</summary>
    public static IEnumerable<string> OpensNoFolderGlobally(IEnumerable<SourceFile> coreAndProjectFile) =>
        Matches(coreAndProjectFile, GlobalUsing(), file => IsProjectFile(file) ? file.Lines : file.CodeLines,
            match => $"'{match.Value}' opens a folder to every file; a using belongs to the file that needs it.");

    /// <summary>
    /// Transport builds the strategies, the resilience options have their types, and composition reads and recognizes them.
    /// </summary>
    public static IEnumerable<string> PollyStaysInTransport(IEnumerable<SourceFile> core) =>
        Matches(
            core.Where(file => file.Folders is not ["Transport", ..]
                && !file.Name.Contains("Resilience", StringComparison.Ordinal)
                && !(IsServiceExtension(file.Name) && file.Folders is [])),
            Polly(),
            match => $"'{match.Value}' outside Transport and the resilience options; retries and timeouts belong there.");

    public static IEnumerable<string> HostingStaysInComposition(IEnumerable<SourceFile> core) =>
        Matches(core.Where(file => LayerOf(file)?.Layer != Composition), Hosting(),
            match => $"'{match.Value}' below layer {Composition}; only composition registers services.");

    /// <summary>
    /// Methods that extend a service collection, a route builder or a kernel are in a namespace that apps have in scope. Files that declare
    /// nothing, such as a program of top-level statements, need no namespace.
    /// </summary>
    public static IEnumerable<string> NamespaceIsFolder(IEnumerable<SourceFile> sources)
    {
        foreach (var file in sources)
        {
            var expected =
                IsKernelExtension(file.Name) ? "Microsoft.SemanticKernel" :
                IsRouteExtension(file.Name) ? "Microsoft.AspNetCore.Builder" :
                IsCachingExtension(file.Name) ? "Microsoft.Extensions.AI" :
                IsServiceExtension(file.Name) ? "Microsoft.Extensions.DependencyInjection" :
                IsPolyfill(file.Name) ? "System.Runtime.CompilerServices" :
                IsFolderOfPublicData(file) ? file.Project :
                string.Join('.', [file.Project, .. file.Folders]);
            var line = Array.FindIndex(file.CodeLines, code => Namespace().IsMatch(code));
            if (line >= 0)
            {
                var match = Namespace().Match(file.CodeLines[line]);
                if (match.Groups["name"].Value != expected || match.Groups["end"].Value != ";")
                {
                    yield return $"{file.Path}:{line + 1}: expected 'namespace {expected};', found '{file.CodeLines[line].Trim()}'.";
                }
            }
            else if (CSharpCode.DeclaredTypes(string.Join('\n', file.CodeLines)).Any())
            {
                yield return $"{file.Path}:1: expected 'namespace {expected};', found none.";
            }
        }
    }

    // Agents are chat clients: they write and read the formats of chat.
    private static bool IsAgentOnChat(string from, string to) => (from, to) is ("Agents", "Chat");

    private static (string Folder, int Layer)? LayerOf(SourceFile file) => file.Folders switch
    {
        [] when IsComposition(file.Name) => ("Composition", Composition),
        [] when IsPredictionInput(file.Name) => ("Predictions", LayerOfFolder["Predictions"]),
        [] => ("Root", Bottom),
        [var folder, ..] when LayerOfFolder.TryGetValue(folder, out var layer) => (folder, layer),
        _ => null,
    };

    // What puts the parts together: the client, the credential of a service principal, and the methods that extend a service collection or
    // a builder of the host.
    private static bool IsComposition(string name) =>
        name.StartsWith("DatabricksServingClient", StringComparison.Ordinal)
        || name is "DatabricksServicePrincipalCredential.cs" or "DatabricksConfigurationExtensions.cs"
            or "DatabricksModelFactory.cs"
        || IsServiceExtension(name);

    // Public options, models and data keep the namespace of their package, so that one using opens all of them.
    private static bool IsFolderOfPublicData(SourceFile file) =>
        file is { Project: "Connectors.Databricks.Emulator", Folders: ["Options" or "Data"] }
            or { Project: "Connectors.Databricks.Emulator.Sql", Folders: ["Options"] }
            or { Project: "Connectors.Databricks", Folders: ["Options" or "Discovery" or "Batch" or "Sql"] }
            or { Project: "Connectors.Databricks.AspNetCore", Folders: ["Options"] }
        || (file.Project == "Connectors.Databricks.Management" && file.CodeLines.Any(line => PublicType().IsMatch(line)));

    // The public inputs of predictions hold the writers of their wire form.
    private static bool IsPredictionInput(string name) => name is "DatabricksPredictionInput.cs" or "DatabricksTensor.cs";

    // The compiler finds an attribute that the older target lacks by its namespace and name.
    private static bool IsPolyfill(string fileName) => fileName == "OverloadResolutionPriorityAttribute.cs";

    private static bool IsServiceExtension(string name) =>
        name.Contains("ServiceCollectionExtensions.", StringComparison.Ordinal)
        || name.Contains("BuilderExtensions.", StringComparison.Ordinal);

    private static bool IsRouteExtension(string name) => name.Contains("RouteBuilderExtensions.", StringComparison.Ordinal);

    // As UseDistributedCache of Microsoft.Extensions.AI.
    private static bool IsCachingExtension(string name) => name.Contains("CachingBuilderExtensions.", StringComparison.Ordinal);

    private static bool IsKernelExtension(string name) =>
        name.StartsWith("DatabricksKernelBuilderExtensions.", StringComparison.Ordinal)
        || name.StartsWith("DatabricksKernelPluginExtensions.", StringComparison.Ordinal);

    private static IEnumerable<(int Line, string Folder)> FoldersMentioned(SourceFile file, ILookup<string, string> folderOfType)
    {
        for (var i = 0; i < file.CodeLines.Length; i++)
        {
            var code = file.CodeLines[i];
            if (Namespace().IsMatch(code))
            {
                continue;
            }

            var whole = Qualified().Matches(code).Select(match => match.Groups["folder"].Value).Where(LayerOfFolder.ContainsKey);

            // `Transport.ServingTransport` needs no using inside Connectors.Databricks.*: a name counts when that folder declares it.
            var partial = PartlyQualified().Matches(code)
                .Where(match => folderOfType[match.Groups["type"].Value].Contains(match.Groups["folder"].Value))
                .Select(match => match.Groups["folder"].Value);
            foreach (var folder in whole.Concat(partial).Distinct())
            {
                yield return (i + 1, folder);
            }
        }
    }

    private static ILookup<string, string> TypesByFolder(IEnumerable<SourceFile> core) =>
        (from file in core
         where file.Folders.Length > 0
         from type in CSharpCode.DeclaredTypes(string.Join('\n', file.CodeLines))
         select (type, folder: file.Folders[0])).ToLookup(pair => pair.type, pair => pair.folder, StringComparer.Ordinal);

    private static Dictionary<string, int> RootTypes(IEnumerable<SourceFile> core) =>
        (from file in core
         where file.Folders.Length == 0 || IsFolderOfPublicData(file)
         from type in CSharpCode.DeclaredTypes(string.Join('\n', file.CodeLines))
         group LayerOf(file)!.Value.Layer by type).ToDictionary(layers => layers.Key, layers => layers.Max(), StringComparer.Ordinal);

    private static IEnumerable<(int Line, string Type)> RootTypesMentioned(SourceFile file, Dictionary<string, int> rootTypes) =>
        from line in file.CodeLines.Index()
        from type in TypeName().Matches(line.Item).Select(match => match.Value).Distinct()
        where rootTypes.ContainsKey(type)
        select (line.Index + 1, type);

    internal static IEnumerable<string> Matches(IEnumerable<SourceFile> files, Regex pattern, Func<Match, string> complaint) =>
        Matches(files, pattern, file => file.CodeLines, complaint);

    internal static IEnumerable<string> Matches(
        IEnumerable<SourceFile> files, Regex pattern, Func<SourceFile, string[]> lines, Func<Match, string> complaint) =>
        from file in files
        from line in lines(file).Index()
        from match in pattern.Matches(line.Item)
        select $"{file.Path}:{line.Index + 1}: {complaint(match)}";

    internal static bool IsProjectFile(SourceFile file) => file.Name.EndsWith(".csproj", StringComparison.Ordinal);

    [GeneratedRegex(@"\b[A-Z]\w*\b")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"(?<![\w.])Connectors\s*\.\s*Databricks\s*\.\s*(?<folder>\w+)")]
    private static partial Regex Qualified();

    [GeneratedRegex(@"(?<![\w.])(?<folder>[A-Z]\w*)\.(?<type>[A-Z]\w*)")]
    private static partial Regex PartlyQualified();

    [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)\s*(?<end>;?)")]
    private static partial Regex Namespace();

    [GeneratedRegex("""
        global\s+using\s+(?:static\s+)?(?:\w+\s*=\s*)?Connectors\.Databricks\.[\w.]+
        | <Using\s+Include="Connectors\.Databricks\.[^"]*"[^>]*>
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex GlobalUsing();

    [GeneratedRegex(@"^public\s.*\b(?:class|record|struct|enum|interface|delegate)\b")]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\b(?:Polly|Http\.Resilience)\b")]
    private static partial Regex Polly();

    [GeneratedRegex(@"\bMicrosoft\.Extensions\.(?:DependencyInjection|Options|Configuration)\b")]
    private static partial Regex Hosting();
}
