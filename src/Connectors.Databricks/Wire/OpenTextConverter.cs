using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connectors.Databricks.Wire;

/// <summary>Reads and writes extensible strings; a value that is not a string is kept as its JSON.</summary>
internal sealed class OpenTextConverter<T> : JsonConverter<T>
    where T : struct, IOpenText<T>
{
    // A null where the type has none is no value.
    public override bool HandleNull => true;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return T.From(reader.GetString()!);
        }

        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        using var value = JsonDocument.ParseValue(ref reader);
        return T.From(value.RootElement.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
