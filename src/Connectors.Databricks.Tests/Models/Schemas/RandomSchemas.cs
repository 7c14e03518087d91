using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Models.Schemas;

/// <summary>Random schemas: any keyword with any other, with valid and invalid values.</summary>
internal sealed class RandomSchemas(int seed)
{
    private const int MaxDepth = 4;

    private static readonly string[] Names = ["a", "b", "type", "enum", "$top", "filter[id]", "items", ""];

    private static readonly string[] Types = ["string", "number", "integer", "boolean", "array", "object", "null", "file"];

    private readonly Random _random = new(seed);
    private int _texts;

    public JsonObject Parameters()
    {
        var schema = Schema(0);
        schema["$defs"] = new JsonObject { ["d"] = Schema(2), ["e"] = Schema(2) };
        schema["type"] = "object";
        return schema;
    }

    /// <summary>Changes a schema in a few places: keywords are added, removed, or come from another part of it.</summary>
    public JsonObject Changed(JsonObject schema)
    {
        for (var changes = _random.Next(1, 5); changes > 0; changes--)
        {
            var places = Schemas(schema).ToList();
            var place = places[_random.Next(places.Count)];
            var other = places[_random.Next(places.Count)].ToList();
            switch (_random.Next(3))
            {
                case 0 when place.Count > 0:
                    place.Remove(place.ElementAt(_random.Next(place.Count)).Key);
                    break;
                case 1 when other.Count > 0:
                    var (name, member) = other[_random.Next(other.Count)];
                    place[name] = member?.DeepClone();
                    break;
                default:
                    var (keyword, value) = Keyword(MaxDepth - 1);
                    place[keyword] = value;
                    break;
            }
        }

        return schema;
    }

    private static IEnumerable<JsonObject> Schemas(JsonNode? node) => node is not JsonObject schema
        ? []
        : schema.SelectMany(member => member.Key switch
        {
            "properties" or "$defs" or "definitions" => (member.Value as JsonObject ?? []).SelectMany(child => Schemas(child.Value)),
            "anyOf" or "oneOf" or "allOf" => (member.Value as JsonArray ?? []).SelectMany(Schemas),
            "items" or "additionalProperties" => Schemas(member.Value),
            _ => [],
        }).Prepend(schema);

    private JsonObject Schema(int depth)
    {
        var schema = new JsonObject();
        var count = _random.Next(0, 6);
        for (var i = 0; i < count; i++)
        {
            var (keyword, value) = Keyword(depth);
            schema[keyword] = value;
        }

        return schema;
    }

    private (string Keyword, JsonNode? Value) Keyword(int depth) => _random.Next(0, depth < MaxDepth ? 38 : 24) switch
    {
        0 or 1 or 2 => ("type", Pick(Types)),
        3 => ("type", List(() => Pick(Types), 1)),
        4 => ("description", Text()),
        5 => ("title", Text()),
        6 => ("enum", List(Value, 0)),
        7 => ("enum", List(() => Pick("", "x", "y", "z"), 0)),
        8 => ("const", Value()),
        9 => ("required", List(() => Pick(Names), 0)),
        10 => ("default", Value()),
        11 => ("nullable", _random.Next(2) == 0),
        12 => ("format", Pick("enum", "date-time", "uuid", "int32", "double", "uri")),
        13 => ("pattern", $"^{Text()}$"),
        14 => (Pick("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), Number()),
        15 => (Pick("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), Number()),
        16 => (Pick("exclusiveMinimum", "exclusiveMaximum", "uniqueItems", "deprecated", "readOnly"), true),
        17 => ("additionalProperties", _random.Next(2) == 0),
        18 or 19 => ("$ref", Pick("#/$defs/d", "#/$defs/e", "#", "#/$defs/none")),
        20 => ("$comment", Text()),
        21 => ("items", _random.Next(2) == 0),
        22 => ("example", Value()),
        23 => ("examples", List(Value, 0)),
        24 or 25 or 26 or 27 => ("properties", Properties(depth)),
        28 or 29 => ("items", Schema(depth + 1)),
        30 => (Pick("items", "prefixItems"), List(() => Schema(depth + 1), 1)),
        31 or 32 => ("anyOf", List(() => Schema(depth + 1), 1)),
        33 => ("oneOf", List(() => Schema(depth + 1), 1)),
        34 => ("allOf", List(() => Schema(depth + 1), 1)),
        35 => ("additionalProperties", Schema(depth + 1)),
        36 => (Pick("not", "if", "then", "else", "contains", "propertyNames"), Schema(depth + 1)),
        _ => (Pick("patternProperties", "dependentSchemas"), Properties(depth)),
    };

    private JsonObject Properties(int depth)
    {
        var properties = new JsonObject();
        for (var i = _random.Next(0, 4); i > 0; i--)
        {
            properties[Pick(Names)] = _random.Next(8) == 0 ? _random.Next(2) == 0 : Schema(depth + 1);
        }

        return properties;
    }

    private JsonArray List(Func<JsonNode?> item, int least) => new([.. Enumerable.Range(0, _random.Next(least, 4)).Select(_ => item())]);

    private JsonNode? Value() => _random.Next(7) switch
    {
        0 => null, 1 => true, 2 => 5, 3 => 0.5, 4 => new JsonObject { ["k"] = Text() }, 5 => new JsonArray(1, "x"), _ => (JsonNode)Text(),
    };

    private JsonNode Number() => _random.Next(6) switch { 0 => -1, 1 => 0, 2 => 1, 3 => 5, 4 => 2.5, _ => (JsonNode)"7" };

    // Each text occurs once, so that a lost one is found.
    private string Text() => $"text{_texts++}";

    private string Pick(params string[] values) => values[_random.Next(values.Length)];
}
