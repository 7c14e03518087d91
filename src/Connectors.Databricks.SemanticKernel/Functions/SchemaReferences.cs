using System.Globalization;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.SemanticKernel.Functions;

/// <summary>
/// Corrects the references in the schema of a function. Semantic Kernel creates a schema per parameter, with references that start at the
/// parameter, and puts it into the schema of the function, where references start at the function: those of a recursive type are wrong.
/// </summary>
internal static class SchemaReferences
{
    private const string Reference = "$ref";

    /// <summary>Keywords whose values are data, not schemas.</summary>
    private static readonly string[] Data = ["const", "default", "enum", "examples"];

    /// <param name="function">The schema of the function, which is changed.</param>
    /// <param name="startsAtParameter">
    /// Which of the two is tried first; a function that was made from an <c>AIFunction</c> has references that start at the function.
    /// </param>
    public static void Correct(JsonObject function, bool startsAtParameter)
    {
        if (function["properties"] is not JsonObject parameters)
        {
            return;
        }

        foreach (var (name, parameter) in parameters)
        {
            Correct(parameter, new Place(function, parameter, $"#/properties/{Escaped(name)}", startsAtParameter));
        }
    }

    private static void Correct(JsonNode? node, Place place)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Correct(item, place);
            }
        }

        if (node is not JsonObject schema)
        {
            return;
        }

        if (schema[Reference] is JsonValue value && value.TryGetValue<string>(out var reference) && reference.StartsWith('#'))
        {
            schema[Reference] = place.Corrected(reference);
        }

        foreach (var (keyword, child) in schema)
        {
            if (!Data.Contains(keyword))
            {
                Correct(child, place);
            }
        }
    }

    // As JSON Pointer has it.
    private static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Unescaped(string step) =>
        Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private sealed record Place(JsonNode Function, JsonNode? Parameter, string Path, bool StartsAtParameter)
    {
        // A dangling reference stays: the connector handles it for every model, and reports it.
        public string Corrected(string reference) =>
            !IsIn(Parameter, reference) || (!StartsAtParameter && IsIn(Function, reference)) ? reference : Path + reference[1..];

        private static bool IsIn(JsonNode? node, string reference)
        {
            foreach (var step in reference.Split('/')[1..])
            {
                var name = Unescaped(step);
                node = node switch
                {
                    JsonObject schema => schema[name],
                    JsonArray items when int.TryParse(name, CultureInfo.InvariantCulture, out var index) && index >= 0
                        && index < items.Count =>
                        items[index],
                    _ => null,
                };
            }

            return node is not null;
        }
    }
}
