using Microsoft.AspNetCore.WebUtilities;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>Reads <c>application/x-www-form-urlencoded</c> bodies.</summary>
internal static class FormBody
{
    private const string ContentType = "application/x-www-form-urlencoded";

    /// <returns>The fields in the order they came; null when the content type is another.</returns>
    public static IReadOnlyList<(string Name, string Value)>? Read(string? contentType, string body)
    {
        var mediaType = contentType?.Split(';')[0].Trim();
        if (!ContentType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        List<(string Name, string Value)> fields = [];
        foreach (var pair in new QueryStringEnumerable(body))
        {
            fields.Add((pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }

        return fields;
    }
}
