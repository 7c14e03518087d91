using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Connectors.Databricks.Sql.Results;

/// <summary>Parses the text form of SQL values, independent of the culture and the time zone of the machine.</summary>
internal static class CellText
{
    private static readonly JsonElement Null = JsonDocument.Parse("null"u8.ToArray()).RootElement.Clone();

    public static bool TryParse<T>(string text, [MaybeNullWhen(false)] out T value)
        where T : IParsable<T>
    {
        // By default, a time without an offset would be one of the machine's time zone.
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (typeof(T) == typeof(DateTimeOffset))
        {
            var isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time);
            value = (T)(object)time;
            return isTime;
        }

        if (typeof(T) == typeof(DateTime))
        {
            var isTime = DateTime.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time);
            value = (T)(object)time;
            return isTime;
        }

        if (typeof(T) == typeof(decimal))
        {
            // The service writes large and small decimals with an exponent.
            var isNumber = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
            value = (T)(object)number;
            return isNumber;
        }

        return T.TryParse(text, CultureInfo.InvariantCulture, out value);
    }

    public static JsonElement ParseJson(string? text, string column)
    {
        if (text is null)
        {
            return Null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // The exception of the parser quotes the value.
            throw new FormatException($"The column '{column}' is not JSON.");
        }
    }
}
