using System.Buffers;

namespace Connectors.Databricks.Wire;

/// <summary>
/// JSON as Python writes it: <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> as numbers, which MLflow's model server sends for the missing
/// values of a prediction ([mlflow] mlflow/pyfunc/scoring_server/__init__.py).
/// </summary>
internal static class PythonJson
{
    /// <summary>Whether a document may have such a number; matches in strings count as well.</summary>
    public static bool MayOccur(ReadOnlySpan<byte> json)
    {
        // One search for a letter instead of two for the words: most documents have neither letter.
        var first = json.IndexOfAny((byte)'N', (byte)'I');
        return first >= 0 && (json[first..].IndexOf("NaN"u8) >= 0 || json[first..].IndexOf("Infinity"u8) >= 0);
    }

    /// <summary>Replaces each such number by a JSON number of the same length, so that all positions stay as they are.</summary>
    /// <returns>The copy, or null when there is nothing to replace.</returns>
    public static byte[]? Masked(ReadOnlySpan<byte> json)
    {
        byte[]? masked = null;
        for (var position = 0; TryNext(json, ref position, out var length); position += length)
        {
            // "1e0", "1e000000" and "-1e000000".
            masked ??= json.ToArray();
            var number = masked.AsSpan(position, length);
            number.Fill((byte)'0');
            var first = length - (number.Length > 3 ? 8 : 3);
            number[0] = (byte)'-';
            number[first] = (byte)'1';
            number[first + 1] = (byte)'e';
        }

        return masked;
    }

    /// <summary>
    /// Whether the characters of a string are those that <see cref="Replaced"/> writes for such a number: an escape sequence
    /// distinguishes them from a text of the service.
    /// </summary>
    public static bool IsNamedLiteral(ReadOnlySpan<byte> characters) =>
        characters.SequenceEqual(NaN[1..^1]) || characters.SequenceEqual(Infinity[1..^1])
            || characters.SequenceEqual(NegativeInfinity[1..^1]);

    /// <summary>
    /// Replaces each such number by <c>null</c>, or by the named literal that .NET reads as a number when a contract allows it.
    /// </summary>
    /// <returns>The copy, or null when there is nothing to replace.</returns>
    public static byte[]? Replaced(ReadOnlySpan<byte> json, bool asText = false)
    {
        SegmentedBuffer? buffer = null;
        try
        {
            var copied = 0;
            for (var position = 0; TryNext(json, ref position, out var length); copied = position += length)
            {
                buffer ??= new SegmentedBuffer();
                buffer.Write(json[copied..position]);
                if (asText)
                {
                    buffer.Write(Text(json.Slice(position, length)));
                }
                else
                {
                    buffer.Write("null"u8);
                }
            }

            buffer?.Write(json[copied..]);
            return buffer?.ToArray();
        }
        finally
        {
            buffer?.Dispose();
        }
    }

    private static ReadOnlySpan<byte> NaN => "\"\\u004eaN\""u8;

    private static ReadOnlySpan<byte> Infinity => "\"\\u0049nfinity\""u8;

    private static ReadOnlySpan<byte> NegativeInfinity => "\"-\\u0049nfinity\""u8;

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> number) =>
        number.Length switch { 3 => NaN, 8 => Infinity, _ => NegativeInfinity };

    // The position is outside of strings.
    private static bool TryNext(ReadOnlySpan<byte> json, ref int position, out int length)
    {
        while (position < json.Length)
        {
            var found = json[position..].IndexOfAny("\"NI"u8);
            if (found < 0)
            {
                break;
            }

            position += found;
            if (json[position] == '"')
            {
                position = Behind(json, position);
                continue;
            }

            var rest = json[position..];
            length = rest.StartsWith("NaN"u8) ? 3 : rest.StartsWith("Infinity"u8) ? 8 : 0;
            if (length > 0)
            {
                if (length == 8 && position > 0 && json[position - 1] == '-')
                {
                    position--;
                    length++;
                }

                if (IsValue(json, position, length))
                {
                    return true;
                }

                position += length;
                continue;
            }

            position++;
        }

        length = 0;
        return false;
    }

    // "1NaN" is not a number.
    private static bool IsValue(ReadOnlySpan<byte> json, int position, int length)
    {
        var before = json[..position].TrimEnd(" \t\r\n"u8);
        return before is [] or [.., (byte)'[' or (byte)',' or (byte)':'] &&
            json[(position + length)..] is []
                or [(byte)',' or (byte)']' or (byte)'}' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n', ..];
    }

    private static int Behind(ReadOnlySpan<byte> json, int quote)
    {
        for (var position = quote + 1; position < json.Length; position++)
        {
            var found = json[position..].IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0)
            {
                break;
            }

            position += found;
            if (json[position] == '"')
            {
                return position + 1;
            }

            // The character after a backslash is part of the string.
            position++;
        }

        return json.Length;
    }
}
