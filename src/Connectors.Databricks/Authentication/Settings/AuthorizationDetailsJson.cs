using System.Text;
using System.Text.Json;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Authentication.Settings;

/// <summary>Writes and checks the JSON of <c>authorization_details</c> (RFC 9396).</summary>
internal static class AuthorizationDetailsJson
{
    /// <returns>Null for none.</returns>
    public static string? Of(IEnumerable<DatabricksAuthorizationDetail>? details)
    {
        if (details?.ToList() is not { Count: > 0 } list)
        {
            return null;
        }

        using var document = new MemoryStream();
        using (var json = new Utf8JsonWriter(document))
        {
            json.WriteStartArray();
            foreach (var detail in list)
            {
                Write(json, detail);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(document.ToArray());
    }

    private static void Write(Utf8JsonWriter json, DatabricksAuthorizationDetail detail)
    {
        json.WriteStartObject();
        json.WriteString("type", detail.Type);
        WriteText(json, "object_type", detail.ObjectType);
        WriteText(json, "object_path", detail.ObjectPath);
        if (detail.Actions is { Count: > 0 } actions)
        {
            json.WriteStartArray("actions");
            foreach (var action in actions)
            {
                json.WriteStringValue(action);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>Whether a text is an array of objects that each have a type, as RFC 9396 demands.</summary>
    public static bool IsValid(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Array && document.RootElement.EnumerateArray().All(
                detail => detail.ValueKind == JsonValueKind.Object && TokenFromWire.Text(detail, "type") is { Length: > 0 });
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
