using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connectors.Databricks.Management.Json;

/// <summary>Reads booleans, also as text, as the documentation of the service shows them; null is false.</summary>
internal sealed class TolerantBooleanConverter : JsonConverter<bool>
{
    public override bool HandleNull => true;

    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String when bool.TryParse(reader.GetString(), out var value) => value,
        JsonTokenType.Null => false,
        _ => reader.GetBoolean(),
    };

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
}
