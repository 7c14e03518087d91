using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>
/// Replaces references by their targets, for dialects without <c>$ref</c>. Recursive definitions end after a bounded depth.
/// </summary>
/// <param name="root">The document that local references point into.</param>
/// <param name="maxSchemas">The maximum number of schemas: definitions that refer to each other would grow exponentially.</param>
internal sealed class ReferenceExpansion(JsonObject root, int maxSchemas)
{
    /// <summary>How often a recursive schema is expanded inside itself.</summary>
    private const int MaxRepetitions = 2;

    /// <summary>
    /// The maximum depth of schemas at which references are expanded. Each level takes up to two levels of JSON, and readers stop at 64.
    /// </summary>
    private const int MaxDepth = 20;

    private readonly List<string> _open = ["#"];
    private int _schemas;
    private int _depth;

    /// <summary>Counts a schema of the result; <see cref="Leave"/> ends it.</summary>
    public void Enter()
    {
        _schemas++;
        _depth++;
    }

    public void Leave() => _depth--;

    /// <summary>
    /// Returns the rewritten target of a reference, or null when it cannot be expanded: it is dangling, too deep or too large.
    /// </summary>
    public JsonObject? Expand(string reference, Func<JsonObject, JsonObject> rewrite)
    {
        if (SchemaNodes.Resolve(root, reference) is not { } target || _schemas > maxSchemas || _depth > MaxDepth ||
            _open.Count(open => open == reference) >= MaxRepetitions)
        {
            return null;
        }

        _open.Add(reference);
        var expanded = rewrite(target);
        _open.RemoveAt(_open.Count - 1);
        return expanded;
    }

    /// <summary>Returns the type of a reference that is not expanded.</summary>
    public string TypeOf(string reference) => SchemaNodes.Resolve(root, reference)?["type"].Text() ?? "object";
}
