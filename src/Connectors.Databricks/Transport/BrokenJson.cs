using System.Text;
using System.Text.Json;

namespace Connectors.Databricks.Transport;

/// <summary>
/// Reads code and message from an error document that cannot be parsed whole, because it is truncated, exceeds a limit, or is nested too
/// deep. Nothing else of it may be shown: the document of a guardrail repeats the prompt.
/// </summary>
internal static class BrokenJson
{
    public static (string? Code, string? Message) Read(string text)
    {
        string? code = null, message = null;
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), isFinalBlock: false, default);
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
                {
                    Take(ref reader, ref code, ref message);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The reader throws InvalidOperationException for invalid UTF-16. What was read before is kept.
        }

        return (code, message);
    }

    private static void Take(ref Utf8JsonReader reader, ref string? code, ref string? message)
    {
        var isCode = reader.ValueTextEquals("error_code"u8);
        var isMessage = reader.ValueTextEquals("message"u8);
        if (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            code = isCode ? reader.GetString() : code;
            message = isMessage ? reader.GetString() : message;
        }
    }
}
