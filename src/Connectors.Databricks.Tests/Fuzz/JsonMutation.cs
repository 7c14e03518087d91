using System.Text;
using Connectors.Databricks.Tests.Chat.Fuzz;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Fuzz;

/// <summary>
/// Mutates JSON in two ways: single bytes, or a whole value in place of another, floods of items and echoes of the token among them.
/// </summary>
internal static class JsonMutation
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-0", "-1", "1e999", "-1e-999", "99999999999999999999", "0.1e1", "01", "NaN", "\"\"", "\"stop\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"", "\"\\u0000\"", "[]", "{}", "[[]]", "[{}]", "{\"a\":1,\"a\":2}", "\"error\"", "{\"error\":{}}",
        "\"{\\\"a\\\":1}\"",
        "\"[DONE]\"", new string('[', 200) + new string(']', 200), new string('[', 2000), "\"" + new string('x', 5000) + "\"",
        "\"\\ud83d\"", "\"\\ude00\"", $"[{Flood("{}")}]", $"[{Flood("0")}]", $"[{Flood("\"a\"")}]",
        $"[{Flood("{\"index\":7,\"delta\":{},\"message\":{}}")}]",
        $"{{{Flood("\"a\":1")}}}", $"{{{Flood("\"choices\":[{\"delta\":{}}]")}}}", $"{{{Flood("\"error\":{}")}}}",
        $"{{{string.Join(',', Enumerable.Range(0, Items).Select(i => $"\"k{i}\":{i}"))}}}",
        string.Concat(Enumerable.Repeat("{\"error\":", 60)) + "1" + new string('}', 60),
        .. Echoes.Select(echo => $"\"the token {echo} is invalid\""),
    ];

    private const int Items = 1_500;

    /// <summary>The token that was sent, in the forms in which a service may echo it.</summary>
    public static IReadOnlyList<string> Echoes =>
    [
        Some.Token, Some.Token.ToUpperInvariant(), string.Concat(Some.Token.Select(character => $"\\u{(int)character:x4}")),
        string.Concat(Some.Token.Select(character => $"%{(int)character:X2}")), Convert.ToBase64String(Encoding.UTF8.GetBytes(Some.Token)),
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Some.Token)),
    ];

    private static string Flood(string item) => string.Join(',', Enumerable.Repeat(item, Items));

    public static byte[] Of(byte[] json, Random random) => random.Next(2) == 0 ? Mutation.Of(json, random) : WithOtherValue(json, random);

    private static byte[] WithOtherValue(byte[] json, Random random)
    {
        var starts = Enumerable.Range(0, json.Length).Where(i => json[i] is (byte)':' or (byte)',' or (byte)'[').ToList();
        if (starts.Count == 0)
        {
            return json;
        }

        var start = starts[random.Next(starts.Count)] + 1;
        var end = start;
        var depth = 0;
        for (var inText = false; end < json.Length; end++)
        {
            inText ^= json[end] == '"';
            depth += inText ? 0 : json[end] switch { (byte)'{' or (byte)'[' => 1, (byte)'}' or (byte)']' => -1, _ => 0 };
            if (depth < 0 || (depth == 0 && !inText && json[end] == ','))
            {
                break;
            }
        }

        return [.. json[..start], .. Encoding.UTF8.GetBytes(Values[random.Next(Values.Length)]), .. json[end..]];
    }
}
