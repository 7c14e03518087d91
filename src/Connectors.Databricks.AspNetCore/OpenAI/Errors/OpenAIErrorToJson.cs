using System.Globalization;
using System.Text.Json;
using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Microsoft.AspNetCore.Http;

namespace Connectors.Databricks.AspNetCore.OpenAI.Errors;

/// <summary>Writes the error object, as a response or inside an event.</summary>
internal static class OpenAIErrorToJson
{
    public static Task SendAsync(HttpContext context, RequestError error)
    {
        if (error.RetryAfter is { } delay)
        {
            context.Response.Headers.RetryAfter =
                Math.Ceiling(Math.Max(delay.TotalSeconds, 0)).ToString(CultureInfo.InvariantCulture);
        }

        return JsonReply.SendAsync(context, error.Status, error, static (writer, error) =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("error"u8);
            Write(writer, error);
            writer.WriteEndObject();
        });
    }

    public static void Write(Utf8JsonWriter writer, RequestError error)
    {
        writer.WriteStartObject();
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("type"u8, error.Type);
        writer.WriteString("param"u8, error.Param);
        writer.WriteString("code"u8, error.Code);
        writer.WriteEndObject();
    }
}
