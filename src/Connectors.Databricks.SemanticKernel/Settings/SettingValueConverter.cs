using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Settings;

/// <summary>
/// Writes the objects in the settings of other connectors that have no JSON of their own, or another one than a request needs: C# types and
/// response formats, models and names of the OpenAI package, and tool call behaviors.
/// </summary>
internal sealed class SettingValueConverter : JsonConverterFactory
{
    private const string OpenAI = "OpenAI.";

    public override bool CanConvert(Type typeToConvert) =>
        typeof(Type).IsAssignableFrom(typeToConvert) || typeof(ChatResponseFormat).IsAssignableFrom(typeToConvert) ||
        ToolCallBehaviors.IsBehavior(typeToConvert) || ClientModelJson.IsModel(typeToConvert) || IsName(typeToConvert);

    // Such as ChatReasoningEffortLevel, a struct around a word, and ChatResponseModalities, an enumeration.
    private static bool IsName(Type type) =>
        type is { IsValueType: true, IsPrimitive: false } && type.Namespace?.StartsWith(OpenAI, StringComparison.Ordinal) is true;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private static JsonNode? ToJson(object value) => value switch
    {
        System.Type or ChatResponseFormat => JsonSerializer.SerializeToNode(ResponseFormats.ToJson(value)),
        Enum names => new JsonArray([.. names.ToString().Split(", ").Select(name => JsonValue.Create(name.ToLowerInvariant()))]),
        _ => ClientModelJson.Read(value) is { } model ? JsonSerializer.SerializeToNode(model) : JsonValue.Create(value.ToString()),
    };

    [SuppressMessage("Performance", "CA1812", Justification = "Made by reflection, for each type that is converted.")]
    private sealed class Converter<T> : JsonConverter<T>
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException($"{typeToConvert.Name} is only written as JSON.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            (ToJson(value!) ?? JsonValue.Create(""))!.WriteTo(writer);
    }
}
