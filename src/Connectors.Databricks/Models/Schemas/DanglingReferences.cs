using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>
/// Corrects references that lead nowhere, which some hosts reject with 400: a definition that is elsewhere in the schema is pointed to, and
/// any other reference is removed ([issue semantic-kernel#13447]: definitions get lost where tools are wrapped).
/// </summary>
internal sealed class DanglingReferences
{
    private const string Keyword = "$ref";

    // Longer chains of references are taken for circles.
    private const int LongestChain = 100;

    private static readonly string[] Definitions = ["$defs", "definitions"];

    private readonly JsonObject _root;
    private readonly bool _keepsDangling;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<(string Path, JsonObject Schema)> _ancestors = [];
    private readonly SortedSet<string> _dangling = new(StringComparer.Ordinal);
    private bool _isRepointed;

    private DanglingReferences(JsonObject root, bool keepsDangling)
    {
        _root = root;
        _keepsDangling = keepsDangling;
        SchemaWalk.Visit(root, "#", (schema, _) => TakeNames(schema), static _ => { });
    }

    /// <summary>Whether a schema has references at all: a look at its bytes.</summary>
    public static bool AnyIn(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && JsonMarshal.GetRawUtf8Value(schema).IndexOf("\"$ref\""u8) >= 0;

    /// <param name="schema">An object.</param>
    /// <param name="keepsDangling">Whether references that cannot be resolved stay, for a rewriting that describes them.</param>
    public static RewrittenSchema Correct(JsonElement schema, bool keepsDangling)
    {
        DanglingReferences references;
        try
        {
            references = new DanglingReferences(JsonObject.Create(schema)!, keepsDangling);
        }
        catch (ArgumentException)
        {
            // A name occurs twice in an object: the service decides which one counts.
            return new RewrittenSchema(schema, null);
        }

        SchemaWalk.Visit(references._root, "#", references.Enter, references.Leave);
        var isChanged = references._isRepointed || (references._dangling.Count > 0 && !keepsDangling);
        return new RewrittenSchema(isChanged ? SchemaNodes.ToElement(references._root) : schema, null)
        {
            Dangling = [.. references._dangling],
            IsRepointed = references._isRepointed,
        };
    }

    private void TakeNames(JsonObject schema)
    {
        foreach (var (keyword, prefix) in (ReadOnlySpan<(string, string)>)[("$id", ""), ("$anchor", "#"), ("$dynamicAnchor", "#")])
        {
            if (schema[keyword].Text() is { Length: > 0 } name)
            {
                _names.Add(prefix + name);
            }
        }
    }

    private void Enter(JsonObject schema, string path)
    {
        _ancestors.Add((path, schema));
        if (schema[Keyword].Text() is not { } reference || Leads(reference))
        {
            return;
        }

        if (Elsewhere(reference) is { } found)
        {
            schema[Keyword] = found;
            _isRepointed = true;
            return;
        }

        _dangling.Add(reference);
        if (!_keepsDangling)
        {
            schema.Remove(Keyword);
        }
    }

    private void Leave(JsonObject schema) => _ancestors.RemoveAt(_ancestors.Count - 1);

    /// <summary>Whether a reference leads to a schema of this document, and not in a circle.</summary>
    private bool Leads(string reference)
    {
        for (var length = 0; length < LongestChain; length++)
        {
            if (!reference.StartsWith('#') || (reference.Length > 1 && reference[1] != '/'))
            {
                return IsName(reference);
            }

            if (!SchemaNodes.TryFind(_root, reference, out var target))
            {
                return false;
            }

            if ((target as JsonObject)?[Keyword].Text() is not { } next)
            {
                return true;
            }

            reference = next;
        }

        return false;
    }

    // Schemas may be called by their $id, with a pointer behind it, or by an anchor.
    private bool IsName(string reference)
    {
        var name = reference.IndexOf('#', StringComparison.Ordinal) is > 0 and var hash ? reference[..hash] : reference;
        return _names.Contains(name)
            || (!name.StartsWith('#') && _names.Any(known => known.EndsWith($"/{name}", StringComparison.Ordinal)));
    }

    // References may start at a schema that has become part of another one, and definitions have two names.
    private string? Elsewhere(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return null;
        }

        var name = reference[(reference.LastIndexOf('/') + 1)..];
        for (var i = _ancestors.Count - 1; i >= 0; i--)
        {
            var (path, schema) = _ancestors[i];
            foreach (var pointer in (string[])[reference, .. Definitions.Select(definitions => $"#/{definitions}/{name}")])
            {
                if (SchemaNodes.TryFind(schema, pointer, out _) && Leads(path + pointer[1..]))
                {
                    return path + pointer[1..];
                }
            }
        }

        return null;
    }
}
