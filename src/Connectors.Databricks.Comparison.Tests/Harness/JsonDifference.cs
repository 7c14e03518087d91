using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>One member that two documents do not agree on; <see langword="null"/> means that it is absent.</summary>
/// <param name="Path">Names joined by dots, indices as <c>[0]</c>: <c>requests[1].messages[0].content</c>.</param>
/// <param name="OpenAI">The value as JSON.</param>
/// <param name="Databricks">The value as JSON.</param>
internal sealed record JsonDifference(string Path, string? OpenAI, string? Databricks)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override string ToString() => $"  {Path}: {OpenAI ?? "(absent)"} <> {Databricks ?? "(absent)"}";

    public static IEnumerable<JsonDifference> Between(JsonNode? one, JsonNode? other, string path = "") => (one, other) switch
    {
        (JsonObject left, JsonObject right) => OfObjects(left, right, path),
        (JsonArray left, JsonArray right) => OfArrays(left, right, path),
        _ => AreEqual(one, other) ? [] : [new JsonDifference(path, Text(one), Text(other))],
    };

    private static IEnumerable<JsonDifference> OfObjects(JsonObject one, JsonObject other, string path)
    {
        foreach (var name in one.Select(member => member.Key).Union(other.Select(member => member.Key)))
        {
            var inner = path.Length == 0 ? name : $"{path}.{name}";
            if (!one.ContainsKey(name) || !other.ContainsKey(name))
            {
                yield return new(inner, one.ContainsKey(name) ? Text(one[name]) : null, other.ContainsKey(name) ? Text(other[name]) : null);
                continue;
            }

            foreach (var difference in Between(Member(one, name), Member(other, name), inner))
            {
                yield return difference;
            }
        }
    }

    // The arguments of a call are JSON in a string, which each connector may write with whitespace of its own.
    private static JsonNode? Member(JsonObject parent, string name)
    {
        if (name == "arguments" && parent[name] is JsonValue value && value.TryGetValue<string>(out var text))
        {
            try
            {
                return JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                // Not JSON: compared as text.
            }
        }

        return parent[name];
    }

    // What follows an inserted or a missing item is compared with its counterpart, not with the neighbor.
    private static IEnumerable<JsonDifference> OfArrays(JsonArray one, JsonArray other, string path)
    {
        var (left, right) = (one.ToList(), other.ToList());
        while (left.Count != right.Count && left.Count > 0 && right.Count > 0 && JsonNode.DeepEquals(left[^1], right[^1]))
        {
            left.RemoveAt(left.Count - 1);
            right.RemoveAt(right.Count - 1);
        }

        return Enumerable.Range(0, Math.Max(left.Count, right.Count)).SelectMany(i => i < left.Count && i < right.Count
            ? Between(left[i], right[i], $"{path}[{i}]")
            : [new($"{path}[{i}]", i < left.Count ? Text(left[i]) : null, i < right.Count ? Text(right[i]) : null)]);
    }

    private static bool AreEqual(JsonNode? one, JsonNode? other) =>
        one?.GetValueKind() == JsonValueKind.Number && other?.GetValueKind() == JsonValueKind.Number
            ? Number(one) == Number(other)
            : JsonNode.DeepEquals(one, other);

    // 1 and 1.0 are the same number.
    private static decimal Number(JsonNode value) => decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Text(JsonNode? value) => value?.ToJsonString(Readable) ?? "null";
}
