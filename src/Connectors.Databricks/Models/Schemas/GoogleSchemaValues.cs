using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>
/// Corrects the values of Google's keywords that are rejected: empty enum values, unknown formats, bounds that contradict each other.
/// </summary>
internal static class GoogleSchemaValues
{
    private static readonly (string Lower, string Upper)[] Bounds =
        [("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")];

    /// <param name="schema">A schema with a type; it is changed.</param>
    /// <param name="notes">Receives what the schema can no longer express.</param>
    /// <param name="changes">Receives the keywords that were changed.</param>
    public static void Correct(JsonObject schema, List<string> notes, ISet<string> changes)
    {
        CorrectEnum(schema, notes, changes);
        CorrectFormat(schema, notes, changes);
        foreach (var (lower, upper) in Bounds)
        {
            if (GoogleTypes.NumberOf(schema[lower]) > GoogleTypes.NumberOf(schema[upper]))
            {
                Move(schema, notes, changes, lower);
                Move(schema, notes, changes, upper);
            }
        }
    }

    // [issue anomalyco/opencode#46676]: "enum[0]: cannot be empty".
    private static void CorrectEnum(JsonObject schema, List<string> notes, ISet<string> changes)
    {
        if (schema["enum"] is not JsonArray values)
        {
            return;
        }

        var texts = values.Select(SchemaNodes.Text).OfType<string>().Where(text => text.Length > 0)
            .Distinct(StringComparer.Ordinal).ToList();
        if (texts.Count == values.Count && texts.Count > 0)
        {
            return;
        }

        var hasEmpty = values.Any(value => value.Text() is { Length: 0 });
        Move(schema, notes, changes, "enum");
        if (texts.Count > 0)
        {
            // Only the values that had to be dropped are described.
            notes.RemoveAt(notes.Count - 1);
            schema["enum"] = new JsonArray([.. texts.Select(text => (JsonNode)text)]);
            if (hasEmpty)
            {
                notes.Add("enum: \"\" is allowed too.");
            }
        }
        else if (values.Count == 0)
        {
            notes.RemoveAt(notes.Count - 1);
        }
    }

    // Strings have two formats, and any other is rejected ([issue gemini-cli#3178]).
    private static void CorrectFormat(JsonObject schema, List<string> notes, ISet<string> changes)
    {
        if (schema["format"].Text() is not { } format)
        {
            return;
        }

        if (format == "enum" && !schema.ContainsKey("enum"))
        {
            // [issue elastic/kibana#286302]: "should be non-empty for STRING type with enum format".
            changes.Add("format");
            schema.Remove("format");
        }
        else if (!GoogleSchemaKeywords.IsFormat(schema["type"].Text(), format))
        {
            Move(schema, notes, changes, "format");
        }
    }

    private static void Move(JsonObject schema, List<string> notes, ISet<string> changes, string keyword)
    {
        changes.Add(keyword);
        notes.Add(SchemaNodes.Note(keyword, schema[keyword]));
        schema.Remove(keyword);
    }
}
