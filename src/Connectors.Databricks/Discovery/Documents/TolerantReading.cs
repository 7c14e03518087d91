using System.Globalization;
using System.Text.Json;

namespace Connectors.Databricks.Discovery.Documents;

/// <summary>
/// Reads members of a document as the service writes them and as its own documentation shows them: booleans and numbers may be
/// text.
/// </summary>
internal static class TolerantReading
{
    /// <summary>The text of a member; null if it is absent or not valid text.</summary>
    public static string? TolerantText(this JsonElement element, string name) => element.Member(name)?.TolerantText();

    /// <summary>The text of a value; null if it is not valid text.</summary>
    public static string? TolerantText(this JsonElement element)
    {
        try
        {
            return element.Text();
        }
        catch (InvalidOperationException)
        {
            // An escape of half a surrogate pair.
            return null;
        }
    }

    /// <summary>The text of a member, or its JSON if it is a number or a boolean.</summary>
    public static string? TolerantWord(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } member => member.GetRawText(),
        _ => element.TolerantText(name),
    };

    public static bool? TolerantFlag(this JsonElement element, string name) => element.Member(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(element.TolerantText(name), out var flag) => flag,
        _ => null,
    };

    public static double? TolerantNumber(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.Number } member when member.TryGetDouble(out var number) => number,
        { ValueKind: JsonValueKind.String } when double.TryParse(
            element.TolerantText(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>The items of an array; none if the member is something else.</summary>
    public static JsonElement.ArrayEnumerator TolerantItems(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : default;
}
