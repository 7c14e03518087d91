using System.Text.Json;

namespace Connectors.Databricks.AspNetCore.Json;

/// <summary>Reads the document of an endpoint or a model service. A member of another kind than expected counts as absent.</summary>
internal static class DocumentReading
{
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    public static string? Text(this JsonElement element, string name) => element.Member(name).AsText();

    /// <summary>Returns the text of a value; null for another type, and for half of a surrogate pair, which is not Unicode.</summary>
    public static string? AsText(this JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static double? Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetDouble(out var number) ? number : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];

    /// <summary>Reads a time: endpoints have milliseconds since 1970, model services an RFC 3339 text.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string milliseconds, string text)
    {
        if (element.Number(milliseconds) is >= 0 and <= 253_402_300_799_999 and var number)
        {
            return DateTimeOffset.FromUnixTimeMilliseconds((long)number);
        }

        return element.Member(text) is { ValueKind: JsonValueKind.String } member && member.AsText() is not null &&
            member.TryGetDateTimeOffset(out var time) ? time : null;
    }
}
