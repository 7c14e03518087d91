using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connectors.Databricks.Wire;

/// <summary>Reads a time that is counted in milliseconds since 1970; what cannot be one is no time.</summary>
internal sealed class EpochMillisecondsConverter : JsonConverter<DateTimeOffset?>
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var milliseconds))
        {
            // The service writes 0 for a time that there is none of.
            return milliseconds != 0 && milliseconds >= Earliest && milliseconds <= Latest
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                : null;
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } time)
        {
            writer.WriteNumberValue(time.ToUnixTimeMilliseconds());
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
