using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Connectors.Databricks.Emulator.Sql.Engine;

/// <summary>Writes values of the engine as the service does in the format JSON_ARRAY. Unconfirmed: the form of doubles.</summary>
internal static class CellText
{
    public static string? Of(object? value) => value switch
    {
        null or DBNull => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        double number => Real(number.ToString("R", CultureInfo.InvariantCulture)),
        float number => Real(number.ToString("R", CultureInfo.InvariantCulture)),
        IDictionary or IList => Json(value),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string Real(string text) => text.All(letter => char.IsAsciiDigit(letter) || letter == '-') ? $"{text}.0" : text;

    private static string Json(object value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case IDictionary fields:
                writer.WriteStartObject();
                foreach (DictionaryEntry field in fields)
                {
                    writer.WritePropertyName(field.Key.ToString()!);
                    Write(writer, field.Value);
                }

                writer.WriteEndObject();
                break;
            case IList items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case null or DBNull:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int or long or short or sbyte or decimal or double or float or System.Numerics.BigInteger:
                writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteStringValue(Of(value));
                break;
        }
    }
}
