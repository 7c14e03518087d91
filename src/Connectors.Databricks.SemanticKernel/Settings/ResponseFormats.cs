using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Settings;

/// <summary>
/// The supported forms of a response format: <c>"text"</c>, <c>"json_object"</c>, a C# type, a schema, OpenAI's
/// <c>json_schema</c> object, or a <c>ChatResponseFormat</c> of Microsoft.Extensions.AI or of the OpenAI package.
/// </summary>
internal static class ResponseFormats
{
    private const string DefaultName = "JsonSchema";

    /// <exception cref="NotSupportedException">It is none of them.</exception>
    public static void Apply(object? format, ChatOptions options)
    {
        switch (format)
        {
            case null:
                break;
            case ChatResponseFormat known:
                options.ResponseFormat = known;
                break;
            case Type type:
                options.ResponseFormat = TypeSchema.Of(type);
                SetStrict(options);
                break;
            case string text when text.AsSpan().TrimStart().StartsWith("{"):
                ApplyObject(Parsed(text), options);
                break;
            case string text:
                options.ResponseFormat = OfWord(text);
                break;
            case JsonElement { ValueKind: JsonValueKind.String } element:
                options.ResponseFormat = OfWord(element.GetString());
                break;
            case JsonElement { ValueKind: JsonValueKind.Object } element:
                ApplyObject(element, options);
                break;
            default:
                ApplyObject(ObjectOf(format) ?? throw Unsupported(format), options);
                break;
        }
    }

    private static JsonElement? ObjectOf(object format) =>
        (format switch
        {
            KernelJsonSchema schema => schema.RootElement,
            JsonDocument document => document.RootElement,
            JsonObject node => JsonElementOf(node),
            _ => ClientModelJson.Read(format),
        }) is { ValueKind: JsonValueKind.Object } element ? element : null;

    private static JsonElement Parsed(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new ArgumentException(
                $"The response format is a text that begins as JSON but cannot be parsed. {exception.Message}", nameof(text), exception);
        }
    }

    public static JsonElement ToJson(object format) => format switch
    {
        JsonElement element => element,
        Type type when TypeSchema.Of(type) is { } known => Envelope(known.SchemaName!, known.Schema!.Value, isStrict: true),
        ChatResponseFormatText => JsonElementOf(JsonValue.Create("text")),
        ChatResponseFormatJson { Schema: { } schema, SchemaName: var name } => Envelope(name ?? DefaultName, schema, isStrict: false),
        ChatResponseFormatJson => JsonElementOf(JsonValue.Create("json_object")),
        _ => ObjectOf(format) ?? throw Unsupported(format),
    };

    private static ChatResponseFormat OfWord(string? word) => word switch
    {
        null or "" or "text" => ChatResponseFormat.Text,
        "json_object" => ChatResponseFormat.Json,
        _ => throw new NotSupportedException(
            $"The response format is '{word}'. Use \"text\", \"json_object\", a schema, or a C# type such as typeof(Answer)."),
    };

    private static void ApplyObject(JsonElement element, ChatOptions options)
    {
        if (element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String)
        {
            if (type.ValueEquals("json_object") || type.ValueEquals("text"))
            {
                options.ResponseFormat = OfWord(type.GetString());
                return;
            }

            if (type.ValueEquals("json_schema") && element.TryGetProperty("json_schema", out var envelope))
            {
                ApplyEnvelope(envelope, options);
                return;
            }
        }

        options.ResponseFormat = element.EnumerateObject().Any()
            ? ChatResponseFormat.ForJsonSchema(element, DefaultName)
            : throw new NotSupportedException(
                "The response format is an empty JSON object, as an object of an unknown type is when it is written. " +
                "Use \"text\", \"json_object\", a schema, or a C# type such as typeof(Answer).");
    }

    private static void ApplyEnvelope(JsonElement envelope, ChatOptions options)
    {
        if (!envelope.TryGetProperty("schema", out var schema))
        {
            throw new ArgumentException("The response format has a json_schema without a schema in it.", nameof(envelope));
        }

        options.ResponseFormat = ChatResponseFormat.ForJsonSchema(
            schema,
            envelope.TryGetProperty("name", out var name) ? name.GetString() : DefaultName,
            envelope.TryGetProperty("description", out var description) ? description.GetString() : null);
        if (envelope.TryGetProperty("strict", out var strict) && strict.ValueKind == JsonValueKind.True)
        {
            SetStrict(options);
        }
    }

    // Strict mode is set on each tool, so this applies to the format alone.
    private static void SetStrict(ChatOptions options) => (options.AdditionalProperties ??= [])[DatabricksPropertyNames.Strict] = true;

    private static JsonElement Envelope(string name, JsonElement schema, bool isStrict) => JsonElementOf(new JsonObject
    {
        ["type"] = "json_schema",
        ["json_schema"] = new JsonObject { ["name"] = name, ["strict"] = isStrict, ["schema"] = JsonObject.Create(schema) },
    });

    private static JsonElement JsonElementOf(JsonNode? node)
    {
        using var document = JsonDocument.Parse(node?.ToJsonString() ?? "null");
        return document.RootElement.Clone();
    }

    private static NotSupportedException Unsupported(object format) => new(
        $"The response format is a {format.GetType().FullName}. Use \"text\", \"json_object\", a schema as a JsonElement, " +
        "a ChatResponseFormat, or a C# type such as typeof(Answer).");
}
