using System.Text.Json.Nodes;

namespace Connectors.Databricks.Models.Schemas;

/// <summary>
/// Removes combinations from a schema that must be a plain object: references and <c>allOf</c> are merged; the properties of the choices of
/// <c>anyOf</c> and <c>oneOf</c> become properties of the object, and the description states which belong together.
/// </summary>
internal static class RootCombinations
{
    private const string Properties = "properties";
    private const string Required = "required";

    // Combinations within combinations; a schema that exceeds the depth describes the rest.
    private const int MaxRounds = 8;

    /// <param name="root">The schema, which is changed.</param>
    /// <param name="document">The document that references of the choices point into.</param>
    /// <param name="changes">Receives the keywords that were removed.</param>
    public static void Fold(JsonObject root, JsonObject document, ISet<string> changes)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            foreach (var keyword in (ReadOnlySpan<string>)["$ref", "allOf", "anyOf", "oneOf"])
            {
                if (root[keyword] is not { } value)
                {
                    continue;
                }

                root.Remove(keyword);
                changes.Add(keyword);
                if (keyword == "$ref")
                {
                    // A root that is a reference has no type, which the hosts require.
                    SchemaNodes.Merge(root, Resolved(new JsonObject { [keyword] = value.DeepClone() }, document));
                }
                else if (keyword == "allOf" && round < MaxRounds - 1)
                {
                    Merge(root, value, document);
                }
                else if (round == MaxRounds - 1)
                {
                    SchemaNodes.Describe(root, [SchemaNodes.Note(keyword, value)]);
                }
                else
                {
                    FoldChoices(root, keyword, value, document);
                }
            }
        }
    }

    private static void Merge(JsonObject root, JsonNode parts, JsonObject document)
    {
        foreach (var part in Schemas(parts, document))
        {
            SchemaNodes.Merge(root, part);
        }
    }

    private static void FoldChoices(JsonObject root, string keyword, JsonNode value, JsonObject document)
    {
        SchemaNodes.Describe(root, [SchemaNodes.Note(keyword, value)]);
        var choices = Schemas(value, document);
        foreach (var choice in choices)
        {
            if (choice["allOf"] is { } parts)
            {
                choice.Remove("allOf");
                Merge(choice, parts, document);
            }
        }

        AddProperties(root, choices);
        AddCommonRequired(root, choices);
    }

    private static List<JsonObject> Schemas(JsonNode list, JsonObject document) =>
    [
        .. (list as JsonArray ?? []).OfType<JsonObject>()
            .Select(schema => Resolved((JsonObject)schema.DeepClone(), document)),
    ];

    // The root itself adds nothing to itself.
    private static JsonObject Resolved(JsonObject schema, JsonObject document)
    {
        if (schema["$ref"].Text() is { } reference && SchemaNodes.Resolve(document, reference) is { } target)
        {
            schema.Remove("$ref");
            if (target != document)
            {
                SchemaNodes.Merge(schema, target);
            }
        }

        return schema;
    }

    // A property that differs between the choices, such as a discriminator, is a choice itself.
    private static void AddProperties(JsonObject root, List<JsonObject> choices)
    {
        var found = new Dictionary<string, List<JsonNode>>(StringComparer.Ordinal);
        foreach (var (name, schema) in choices.SelectMany(choice => choice[Properties] as JsonObject ?? []))
        {
            var known = found.TryGetValue(name, out var list) ? list : found[name] = [];
            if (schema is not null && !known.Exists(other => JsonNode.DeepEquals(other, schema)))
            {
                known.Add(schema);
            }
        }

        if (found.Count == 0)
        {
            return;
        }

        var properties = root[Properties] as JsonObject ?? [];
        root[Properties] ??= properties;
        foreach (var (name, schemas) in found.Where(property => !properties.ContainsKey(property.Key)))
        {
            properties[name] = schemas is [var only]
                ? only.DeepClone()
                : new JsonObject { ["anyOf"] = new JsonArray([.. schemas.Select(schema => schema.DeepClone())]) };
        }
    }

    private static void AddCommonRequired(JsonObject root, List<JsonObject> choices)
    {
        if (choices.Count == 0)
        {
            return;
        }

        var common = choices.Select(Names).Aggregate((first, second) => [.. first.Intersect(second, StringComparer.Ordinal)]);
        if (common.Count > 0)
        {
            SchemaNodes.Merge(root, new JsonObject { [Required] = new JsonArray([.. common.Select(name => (JsonNode)name)]) });
        }

        static List<string> Names(JsonObject choice) =>
            [.. (choice[Required] as JsonArray ?? []).Select(SchemaNodes.Text).OfType<string>()];
    }
}
