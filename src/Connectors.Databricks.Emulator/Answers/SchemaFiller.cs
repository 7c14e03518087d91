using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Fills a JSON schema with values from a prompt, and with defaults of the right type.</summary>
/// <param name="root">The schema.</param>
/// <param name="facts">What the prompt mentions.</param>
/// <param name="lastResort">The text of a string nothing was found for.</param>
internal sealed class SchemaFiller(JsonObject root, PromptValues facts, string lastResort)
{
    // Limits recursive schemas.
    private const int DeepestLevel = 6;

    /// <param name="onlyRequired">Omits optional properties without a value in the prompt, as a model does with arguments.</param>
    public JsonObject FillObject(bool onlyRequired) => Object(root, onlyRequired, 0);

    public JsonNode? Fill() => Value(root, "value", 0);

    private JsonNode? Value(JsonObject schema, string name, int level)
    {
        schema = Resolve(schema);
        if (schema["const"] is JsonNode constant)
        {
            return constant.DeepClone();
        }

        if (schema["enum"] is JsonArray { Count: > 0 } values)
        {
            return Enumerated(values);
        }

        return Type(schema) switch
        {
            "object" => Object(schema, onlyRequired: false, level),
            "array" => Array(schema, name, level),
            "integer" => (long)Math.Round(Bounded(schema, facts.Number(name))),
            "number" => Bounded(schema, facts.Number(name)),
            "boolean" => facts.IsSwitchedOn(name),
            "null" => null,
            _ => StringFiller.Fill(schema, name, facts, lastResort),
        };
    }

    private JsonObject Object(JsonObject schema, bool onlyRequired, int level)
    {
        schema = Resolve(schema);
        JsonObject filled = [];
        if (level > DeepestLevel)
        {
            return filled;
        }

        HashSet<string> required = schema["required"] is JsonArray names ? [.. names.Select(name => name.Text() ?? "")] : [];
        foreach ((var name, var property) in schema.Object("properties") ?? [])
        {
            var child = property as JsonObject ?? [];
            if (!onlyRequired || required.Contains(name) || IsGivenFor(Resolve(child), name))
            {
                filled[name] = Value(child, name, level + 1);
            }
        }

        return filled;
    }

    private JsonArray Array(JsonObject schema, string name, int level)
    {
        var items = Resolve(schema.Object("items") ?? new JsonObject { ["type"] = "string" });
        if (Type(items) == "string" && items["enum"] is not JsonArray)
        {
            var listed = facts.List(name);
            if (listed.Count > 0)
            {
                return [.. listed.Select(item => (JsonNode)item)];
            }
        }

        if (Type(items) is "number" or "integer")
        {
            JsonArray numbers = [];
            while (facts.Number(name) is double number)
            {
                numbers.Add((JsonNode)(Type(items) == "integer" ? (long)number : number));
            }

            if (numbers.Count > 0)
            {
                return numbers;
            }
        }

        return level > DeepestLevel ? [] : [Value(items, name, level + 1)];
    }

    private JsonNode? Enumerated(JsonArray values)
    {
        var named = facts.OneOf([.. values.Select(value => value.Text()).OfType<string>()]);
        var chosen = values.FirstOrDefault(value => value.Text() is string text && text == named) ?? values[0];
        return chosen?.DeepClone();
    }

    /// <summary>Whether the prompt mentions an optional property.</summary>
    private bool IsGivenFor(JsonObject schema, string name) =>
        schema["enum"] is JsonArray values
            ? facts.OneOf([.. values.Select(value => value.Text()).OfType<string>()]) is not null
            : Type(schema) switch
            {
                "boolean" => facts.Mentions(name),
                "array" => facts.Mentions(name),
                _ => facts.Labeled(name) is not null,
            };

    private static double Bounded(JsonObject schema, double? number) =>
        Math.Clamp(
            number ?? Math.Max(schema.Number("minimum") ?? 0, 0),
            schema.Number("minimum") ?? double.MinValue,
            schema.Number("maximum") ?? double.MaxValue);

    private static string? Type(JsonObject schema) =>
        schema.Text("type")
            ?? (schema["type"] is JsonArray types ? types.Select(type => type.Text()).FirstOrDefault(type => type != "null") : null)
            ?? (schema.IsGiven("properties") ? "object" : schema.IsGiven("items") ? "array" : null);

    /// <summary>Follows references into this document and takes the first alternative that is not null.</summary>
    private JsonObject Resolve(JsonObject schema)
    {
        for (var step = 0; step < DeepestLevel; step++)
        {
            if (schema.Text("$ref") is string reference && Find(reference) is JsonObject target)
            {
                schema = target;
            }
            else if ((schema["anyOf"] ?? schema["oneOf"] ?? schema["allOf"]) is JsonArray alternatives
                && alternatives.OfType<JsonObject>().FirstOrDefault(option => option.Text("type") != "null") is JsonObject option)
            {
                schema = option;
            }
            else
            {
                return schema;
            }
        }

        return schema;
    }

    private JsonObject? Find(string reference)
    {
        JsonNode? node = root;
        foreach (var segment in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = (node as JsonObject)?[segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        }

        return node as JsonObject;
    }
}
