using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Settings;

/// <summary>
/// The forms in which apps say a response format: <c>"text"</c>, <c>"json_object"</c>, a C# type, a schema, OpenAI's
/// <c>json_schema</c> object, or a <see cref="ChatResponseFormat"/>.
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
                options.ResponseFormat = OfType(type);
                SetStrict(options);
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
                throw Unsupported(format);
        }
    }

    public static JsonElement ToJson(object format) => format switch
    {
        JsonElement element => element,
        Type type when OfType(type) is { } known => Envelope(known.SchemaName!, known.Schema!.Value, isStrict: true),
        ChatResponseFormatText => JsonElementOf(JsonValue.Create("text")),
        ChatResponseFormatJson { Schema: { } schema, SchemaName: var name } => Envelope(name ?? DefaultName, schema, isStrict: false),
        ChatResponseFormatJson => JsonElementOf(JsonValue.Create("json_object")),
        _ => throw Unsupported(format),
    };

    private static ChatResponseFormat OfWord(string? word) => word switch
    {
        null or "" or "text" => ChatResponseFormat.Text,
        "json_object" => ChatResponseFormat.Json,
        _ => throw new NotSupportedException(
            $"The response format is '{word}'. Use \"text\", \"json_object\", a schema, or a C# type such as typeof(Answer)."),
    };

    private static ChatResponseFormatJson OfType(Type type) =>
        ChatResponseFormat.ForJsonSchema(Nullable.GetUnderlyingType(type) ?? type, schemaName: Name(type));

    // Answer`1 of int is a name that the service refuses.
    private static string Name(Type type) => type.IsGenericType
        ? string.Concat([type.Name.Split('`')[0], .. type.GetGenericArguments().Select(Name)])
        : type.Name;

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
                "The response format is of a type that says nothing as JSON, such as one of the OpenAI package. " +
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

    // Each tool says for itself whether it is strict, so this is about the format alone.
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
        $"The response format is a {format.GetType().Name}. Use \"text\", \"json_object\", a schema as a JsonElement, " +
        "a ChatResponseFormat of Microsoft.Extensions.AI, or a C# type such as typeof(Answer).");
}
