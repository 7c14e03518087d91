using System.Globalization;
using System.Text.Json;

namespace Connectors.Databricks.Wire;

/// <summary>Reads the index of an item, which may be absent. An index of another kind does not count as absent.</summary>
internal static class IndexReading
{
    /// <summary>Reads an integer, also as text or in a form such as 3.0; returns null for JSON null.</summary>
    /// <exception cref="JsonException">The value is not the index of an item: the item would be taken for another.</exception>
    public static int? NextIndex(this ref Utf8JsonReader reader, string item)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number)
        {
            if (reader.TryGetInt32(out var index) && index >= 0)
            {
                return index;
            }

            if (reader.TryGetDouble(out var real) && real is >= 0 and <= int.MaxValue && Math.Floor(real) == real)
            {
                return (int)real;
            }
        }

        return reader.TokenType == JsonTokenType.Null ? null
            : reader.TokenType == JsonTokenType.String
                && int.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var text) ? text
            : throw new JsonException($"The index of a {item} is not an integer from 0.");
    }
}
