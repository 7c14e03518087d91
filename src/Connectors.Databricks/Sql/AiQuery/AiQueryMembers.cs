using System.Text.Json;

namespace Connectors.Databricks.Sql.AiQuery;

/// <summary>
/// Finds the response and the error in the result of <c>ai_query</c>: by name, or by position where a version has other names (serving
/// reference §13.1).
/// </summary>
internal static class AiQueryMembers
{
    private const string Response = "response";
    private const string ErrorMessage = "errorMessage";

    /// <summary>The name of the error in a type such as <c>STRUCT&lt;response: STRING, errorMessage: STRING&gt;</c>.</summary>
    public static string ErrorOf(string typeText)
    {
        var start = typeText.IndexOf('<', StringComparison.Ordinal);
        string[] names = start < 0
            ? []
            : [.. Fields(typeText[(start + 1)..].TrimEnd('>')).Select(field => field.Split(':')[0].Trim().Trim('`'))];
        return names.FirstOrDefault(name => name.Equals(ErrorMessage, StringComparison.OrdinalIgnoreCase))
            ?? (names is [_, { Length: > 0 } second, ..] ? second : ErrorMessage);
    }

    /// <summary>The response and the error of one row.</summary>
    public static (string? Response, string? Error) Read(JsonElement result)
    {
        if (result.ValueKind != JsonValueKind.Object)
        {
            return default;
        }

        (string Name, string? Text)[] members =
            [.. result.EnumerateObject().Select(member => (member.Name, Text(member.Value)))];
        var hasNames = members.Any(member => member.Name.Equals(ErrorMessage, StringComparison.OrdinalIgnoreCase));
        return hasNames
            ? (Of(members, Response), Of(members, ErrorMessage))
            : (members.ElementAtOrDefault(0).Text, members.ElementAtOrDefault(1).Text);
    }

    private static string? Of((string Name, string? Text)[] members, string name) =>
        members.FirstOrDefault(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Text;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    // Commas inside of nested types do not separate members.
    private static IEnumerable<string> Fields(string list)
    {
        var (depth, start) = (0, 0);
        for (var at = 0; at < list.Length; at++)
        {
            depth += list[at] switch { '<' or '(' => 1, '>' or ')' => -1, _ => 0 };
            if (list[at] == ',' && depth == 0)
            {
                yield return list[start..at];
                start = at + 1;
            }
        }

        yield return list[start..];
    }
}
