using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>
/// Corrects a JSON Schema for hosts that validate it against draft 2020-12 and restrict the root of tool parameters: Anthropic
/// ([issue anthropics/claude-code#44788]) and OpenAI ([issue langchain-ai/langchainjs#9804]).
/// </summary>
internal static class StandardSchema
{
    /// <summary>Keywords that OpenAI rejects at the root of tool parameters, in addition to combinations.</summary>
    private static readonly string[] RejectedAtRoot = ["enum", "not"];

    /// <param name="schema">The schema of the caller.</param>
    /// <param name="use">What the schema describes.</param>
    /// <param name="isOpenAI">Whether the host is OpenAI; otherwise Anthropic.</param>
    public static RewrittenSchema Rewrite(JsonElement schema, SchemaUse use, bool isOpenAI)
    {
        var changes = new SortedSet<string>(StringComparer.Ordinal);
        var root = JsonObject.Create(schema)!;
        SchemaWalk.Visit(root, "#", (node, _) => DraftCorrections.Correct(node, changes), static _ => { });
        IReadOnlyDictionary<string, string>? names = null;
        if (isOpenAI)
        {
            SchemaWalk.Visit(root, "#", (node, _) => CompleteArray(node, changes), static _ => { });
        }

        if (use == SchemaUse.Parameters)
        {
            RootCombinations.Fold(root, (JsonObject)root.DeepClone(), changes);
            SchemaNodes.RequireObject(root, changes);
            if (isOpenAI)
            {
                DescribeRoot(root, changes);
            }
            else
            {
                names = PropertyNames.Fit(root, changes);
            }
        }

        return changes.Count == 0
            ? new RewrittenSchema(schema, null)
            : new RewrittenSchema(SchemaNodes.ToElement(root), string.Join(", ", changes)) { PropertyNames = names };
    }

    private static void DescribeRoot(JsonObject root, SortedSet<string> changes)
    {
        foreach (var keyword in RejectedAtRoot)
        {
            if (root.ContainsKey(keyword))
            {
                changes.Add(keyword);
                SchemaNodes.Describe(root, [SchemaNodes.Note(keyword, root[keyword])]);
                root.Remove(keyword);
            }
        }
    }

    // [issue sigoden/aichat#1049]: "array schema missing items", also without strict mode.
    private static void CompleteArray(JsonObject schema, SortedSet<string> changes)
    {
        var isArray = schema["type"] is JsonArray types ? types.Any(type => type.Text() == "array") : schema["type"].Text() == "array";
        if (isArray && !schema.ContainsKey("items"))
        {
            changes.Add("items");
            schema["items"] = new JsonObject();
        }
    }
}
