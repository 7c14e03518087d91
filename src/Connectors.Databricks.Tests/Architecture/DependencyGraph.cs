using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>
/// Which files, or folders, of a project use which others, computed from the source: a file uses another when it names one of its types, or
/// calls one of its extension methods, whose namespace it has in scope. A name shared by a type and a member counts as the type.
/// </summary>
internal sealed partial class DependencyGraph
{
    private static readonly SortedDictionary<string, string> None = [];

    private readonly SortedDictionary<string, SortedDictionary<string, string>> _edges = new(StringComparer.Ordinal);

    private DependencyGraph()
    {
    }

    public static DependencyGraph OfFiles(IReadOnlyCollection<SourceFile> sources) => Build(sources, file => file.Path);

    /// <summary>Top-level folders; the files at the root of the project are one node.</summary>
    public static DependencyGraph OfFolders(IReadOnlyCollection<SourceFile> sources) => Build(sources, FolderOf);

    /// <summary>The largest set of nodes that all depend on each other, sorted; empty when there is no cycle.</summary>
    public IReadOnlyList<string> LargestCycle() =>
        StronglyConnected().Where(nodes => nodes.Count > 1).OrderByDescending(nodes => nodes.Count).FirstOrDefault() ?? [];

    /// <summary>One line for each dependency inside a cycle, with a file and a name that cause it.</summary>
    public IEnumerable<string> Explain(IReadOnlyList<string> cycle) =>
        from source in cycle
        from edge in Edges(source)
        where cycle.Contains(edge.Key)
        select $"{source} -> {edge.Key}: {edge.Value}";

    private static string FolderOf(SourceFile file) => file.Folders is [var folder, ..] ? folder : "(root)";

    private static DependencyGraph Build(IReadOnlyCollection<SourceFile> sources, Func<SourceFile, string> node)
    {
        var graph = new DependencyGraph();
        ParsedFile[] files = [.. sources.Select(file => new ParsedFile(file))];
        var types = files.SelectMany(file => file.Types.Select(name => (name, file))).ToLookup(pair => pair.name, pair => pair.file);
        var methods = files.SelectMany(file => file.ExtensionMethods.Select(name => (name, file)))
            .ToLookup(pair => pair.name, pair => pair.file);
        foreach (var file in files)
        {
            var used = file.Names.SelectMany(name => types[name].Select(target => (name, target)))
                .Concat(file.Calls.SelectMany(name => methods[name].Select(target => (name, target))))
                .Where(use => file.Sees(use.target))
                .Concat(file.PartlyQualifiedNames.SelectMany(qualified => types[qualified.Type]
                    .Where(target => target.IsIn(qualified.Folder)).Select(target => (name: qualified.Type, target))));
            foreach (var (name, target) in used)
            {
                graph.Add(node(file.Source), node(target.Source), $"{file.Source.Path} uses {name}");
            }
        }

        return graph;
    }

    private void Add(string source, string target, string cause)
    {
        if (source != target)
        {
            if (!_edges.TryGetValue(source, out var targets))
            {
                _edges[source] = targets = new(StringComparer.Ordinal);
            }

            targets.TryAdd(target, cause);
        }
    }

    private SortedDictionary<string, string> Edges(string source) => _edges.GetValueOrDefault(source, None);

    /// <summary>Tarjan's algorithm.</summary>
    private List<List<string>> StronglyConnected()
    {
        Dictionary<string, int> index = [];
        Dictionary<string, int> low = [];
        Stack<string> stack = [];
        List<List<string>> components = [];

        void Visit(string node)
        {
            index[node] = low[node] = index.Count;
            stack.Push(node);
            foreach (var (target, _) in Edges(node))
            {
                if (!index.TryGetValue(target, out var seen))
                {
                    Visit(target);
                    low[node] = Math.Min(low[node], low[target]);
                }
                else if (stack.Contains(target))
                {
                    low[node] = Math.Min(low[node], seen);
                }
            }

            if (low[node] == index[node])
            {
                List<string> component = [];
                string member;
                do
                {
                    component.Add(member = stack.Pop());
                }
                while (member != node);
                component.Sort(StringComparer.Ordinal);
                components.Add(component);
            }
        }

        foreach (var node in _edges.Keys.Where(node => !index.ContainsKey(node)))
        {
            Visit(node);
        }

        return components;
    }

    private sealed partial class ParsedFile
    {
        private readonly string _namespace;
        private readonly HashSet<string> _visible = new(StringComparer.Ordinal);

        public ParsedFile(SourceFile source)
        {
            Source = source;
            var code = string.Join('\n', source.CodeLines);
            _namespace = Namespace().Match(code).Groups["name"].Value;
            for (var part = _namespace; part.Length > 0; part = part.Contains('.') ? part[..part.LastIndexOf('.')] : "")
            {
                _visible.Add(part);
            }

            foreach (Match qualified in Qualified().Matches(code))
            {
                _visible.Add(qualified.Groups["name"].Value);
                _visible.Add(qualified.Groups["namespace"].Value);
            }

            Types = [.. CSharpCode.DeclaredTypes(code)];
            Names =
            [
                .. Name().Matches(code).Select(match => match.Value),
                .. Qualified().Matches(code).Select(match => match.Groups["last"].Value),
            ];
            PartlyQualifiedNames =
                [.. PartlyQualified().Matches(code).Select(match => (match.Groups["folder"].Value, match.Groups["type"].Value))];
            Calls = [.. Call().Matches(code).Select(match => match.Groups["name"].Value)];
            ExtensionMethods = [.. ExtensionMethod().Matches(code).Select(match => match.Groups["name"].Value)];
        }

        public SourceFile Source { get; }

        public HashSet<string> Types { get; }

        public HashSet<string> Names { get; }

        /// <summary>Such as <c>Http.Route</c>, which needs no using inside the namespace of the project.</summary>
        public HashSet<(string Folder, string Type)> PartlyQualifiedNames { get; }

        public HashSet<string> Calls { get; }

        public HashSet<string> ExtensionMethods { get; }

        public bool Sees(ParsedFile other) => _visible.Contains(other._namespace);

        public bool IsIn(string folder) => _namespace.EndsWith("." + folder, StringComparison.Ordinal);

        [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline)]
        private static partial Regex Namespace();

        [GeneratedRegex(@"(?<![\w.])(?<name>(?<namespace>Connectors\.Databricks(?:\.\w+)*)\.(?<last>\w+))")]
        private static partial Regex Qualified();

        [GeneratedRegex(@"(?<![\w.])[A-Z]\w*")]
        private static partial Regex Name();

        [GeneratedRegex(@"(?<![\w.])(?<folder>[A-Z]\w*)\.(?<type>[A-Z]\w*)")]
        private static partial Regex PartlyQualified();

        [GeneratedRegex(@"\.(?<name>[A-Z]\w*)\b")]
        private static partial Regex Call();

        [GeneratedRegex(@"\b(?<name>[A-Z]\w*)\s*(?:<[^<>]*>)?\(\s*this\s")]
        private static partial Regex ExtensionMethod();
    }
}
