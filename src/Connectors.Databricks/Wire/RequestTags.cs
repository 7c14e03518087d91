using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Wire;

/// <summary>Writes request tags as the value of a header: a JSON object of strings, in ASCII.</summary>
internal static class RequestTags
{
    /// <param name="tags">The tags of the client.</param>
    /// <returns>The header value; null when there are none.</returns>
    public static string? ToHeader(IReadOnlyDictionary<string, string>? tags) => tags is null ? null : Write(tags);

    /// <summary>Adds the tags of a call, which take precedence.</summary>
    /// <param name="tags">The tags of the client.</param>
    /// <param name="header">The header value of the client's tags alone.</param>
    /// <param name="properties">The additional properties of the call.</param>
    /// <param name="option">The option, as a message names it.</param>
    /// <exception cref="ArgumentException">The tags of the call are not text.</exception>
    public static string? ToHeader(
        IReadOnlyDictionary<string, string>? tags, string? header, AdditionalPropertiesDictionary? properties, string option)
    {
        if (properties?.TryGetValue(DatabricksPropertyNames.RequestTags, out var given) is not true || given is null)
        {
            return header;
        }

        var all = new Dictionary<string, string>(tags ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var (name, value) in Read(given, option))
        {
            all[name.Length > 0 ? name : throw Invalid(option)] = value ?? throw Invalid(option);
        }

        return all.Count == 0 ? null : Write(all);
    }

    private static IEnumerable<(string Name, string? Value)> Read(object given, string option) => given switch
    {
        IEnumerable<KeyValuePair<string, string>> texts => texts.Select(tag => (tag.Key, (string?)tag.Value)),
        JsonObject document => document.Select(
            tag => (tag.Key, tag.Value is JsonValue value && value.TryGetValue<string>(out var text) ? text : null)),
        JsonElement { ValueKind: JsonValueKind.Object } element => element.EnumerateObject()
            .Select(tag => (tag.Name, tag.Value.ValueKind == JsonValueKind.String ? tag.Value.GetString() : null)),
        IEnumerable<KeyValuePair<string, object?>> values => values.Select(tag => (tag.Key, tag.Value as string)),
        _ => throw Invalid(option),
    };

    private static ArgumentException Invalid(string option) =>
        new($"{option}[\"{DatabricksPropertyNames.RequestTags}\"] is no dictionary of texts, or has a tag without a name or a value. " +
            "Use a Dictionary<string, string>.");

    // The default encoder escapes everything outside ASCII, so that the header is valid.
    private static string Write(IReadOnlyDictionary<string, string> tags)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in tags)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        return System.Text.Encoding.ASCII.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
