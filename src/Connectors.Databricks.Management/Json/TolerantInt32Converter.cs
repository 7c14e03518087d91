using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connectors.Databricks.Management.Json;

/// <summary>Reads whole numbers, also as text; null is 0.</summary>
internal sealed class TolerantInt32Converter : JsonConverter<int>
{
    public override bool HandleNull => true;

    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String when int.TryParse(
            reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        JsonTokenType.Null => 0,
        _ => reader.GetInt32(),
    };

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
