using System.Text;

namespace Connectors.Databricks.Transport;

/// <summary>
/// Translates a Python literal into JSON: an agent that repeats the error of its own client quotes a dictionary as Python prints it, as in
/// <c>Error code: 400 - {'error': {'message': '…'}}</c>.
/// </summary>
internal static class PythonLiteral
{
    /// <summary>No error text is longer that is worth reading.</summary>
    private const int LongestText = 64 * 1024;

    /// <returns>The text as JSON, up to the end of the first object; null when it is not a Python dictionary.</returns>
    public static string? ToJson(ReadOnlySpan<char> text)
    {
        if (text.Length > LongestText || text.Length < 2 || text[1..].TrimStart() is not ['\'' or '"', ..])
        {
            return null;
        }

        var json = new StringBuilder(text.Length);
        var depth = 0;
        for (var position = 0; position < text.Length;)
        {
            var character = text[position];
            if (character is '\'' or '"')
            {
                position = AppendString(text, position, json);
                continue;
            }

            if (char.IsAsciiLetter(character))
            {
                position = AppendWord(text, position, json);
                continue;
            }

            json.Append(character);
            position++;
            depth += character is '{' or '[' ? 1 : character is '}' or ']' ? -1 : 0;
            if (depth == 0)
            {
                return json.ToString();
            }
        }

        return null;
    }

    /// <returns>The position behind the string.</returns>
    private static int AppendString(ReadOnlySpan<char> text, int start, StringBuilder json)
    {
        var quote = text[start];
        json.Append('"');
        var position = start + 1;
        for (; position < text.Length && text[position] != quote; position++)
        {
            if (text[position] == '\\' && position + 1 < text.Length)
            {
                AppendEscape(text[++position], json);
            }
            else
            {
                AppendPlain(text[position], json);
            }
        }

        json.Append('"');
        return position + 1;
    }

    // Python escapes its own quotation mark; \xNN and the rest keep their letters, which is enough to read a message.
    private static void AppendEscape(char escaped, StringBuilder json)
    {
        switch (escaped)
        {
            case '\'':
                json.Append('\'');
                break;
            case '"' or '\\' or 'n' or 'r' or 't' or 'u':
                json.Append('\\').Append(escaped);
                break;
            default:
                json.Append("\\\\").Append(escaped);
                break;
        }
    }

    private static void AppendPlain(char character, StringBuilder json)
    {
        if (character == '"')
        {
            json.Append('\\');
        }

        json.Append(character < ' ' ? ' ' : character);
    }

    private static int AppendWord(ReadOnlySpan<char> text, int start, StringBuilder json)
    {
        var length = text[start..].IndexOfAnyExceptInRange('A', 'z');
        var word = length < 0 ? text[start..] : text.Slice(start, length);
        json.Append(word switch
        {
            "True" => "true",
            "False" => "false",
            "None" or "nan" or "inf" => "null",
            _ => word,
        });
        return start + word.Length;
    }
}
