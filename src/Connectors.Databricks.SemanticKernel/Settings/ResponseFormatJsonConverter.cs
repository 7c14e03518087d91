using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connectors.Databricks.SemanticKernel.Settings;

/// <summary>
/// Writes a response format as its JSON, a C# type as the schema of that type, and reads it back as text or as an element.
/// </summary>
internal sealed class ResponseFormatJsonConverter : JsonConverter<object>
{
    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString() : JsonElement.ParseValue(ref reader);

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
    {
        if (value is string text)
        {
            writer.WriteStringValue(text);
        }
        else
        {
            ResponseFormats.ToJson(value).WriteTo(writer);
        }
    }
}
