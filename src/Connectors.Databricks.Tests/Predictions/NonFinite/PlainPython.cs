using System.Globalization;
using System.Text;

namespace Connectors.Databricks.Tests.Predictions.NonFinite;

/// <summary>
/// Values as Python's json module writes and reads them, in the plainest way: numbers are <see cref="double"/>, objects and arrays are
/// lists. It shares no code with the connector.
/// </summary>
internal static class PlainPython
{
    public static object? Read(string json)
    {
        var position = 0;
        var value = Value(json, ref position);
        Skip(json, ref position);
        return position == json.Length ? value : throw new FormatException($"'{json[position..]}' follows the value.");
    }

    /// <summary>Writes a value on one line, for comparisons.</summary>
    public static string Show(object? value, bool nonFiniteAsNull = false) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        double number => nonFiniteAsNull && !double.IsFinite(number) ? "null" : number.ToString("R", CultureInfo.InvariantCulture),
        string text => $"\"{text}\"",
        List<KeyValuePair<string, object?>> members =>
            $"{{{string.Join(',', members.Select(member => $"\"{member.Key}\":{Show(member.Value, nonFiniteAsNull)}"))}}}",
        List<object?> items => $"[{string.Join(',', items.Select(item => Show(item, nonFiniteAsNull)))}]",
        _ => throw new ArgumentException($"{value.GetType()} is no value."),
    };

    /// <summary>Writes a value as Python does, with random white space.</summary>
    public static string Write(object? value, Random random) => Blank(random) + value switch
    {
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        string text => Quoted(text),
        List<KeyValuePair<string, object?>> members => "{" + string.Join(
            ',', members.Select(member => $"{Blank(random)}{Quoted(member.Key)}{Blank(random)}:{Write(member.Value, random)}")) + "}",
        List<object?> items => $"[{string.Join(',', items.Select(item => Write(item, random)))}]",
        _ => Show(value),
    } + Blank(random);

    public static bool HasNonFinite(object? value) => value switch
    {
        double number => !double.IsFinite(number),
        List<KeyValuePair<string, object?>> members => members.Exists(member => HasNonFinite(member.Value)),
        List<object?> items => items.Exists(HasNonFinite),
        _ => false,
    };

    private static string Blank(Random random) => random.Next(8) switch { 0 => " ", 1 => "\n\t", _ => "" };

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";

    private static object? Value(string json, ref int position)
    {
        Skip(json, ref position);
        switch (json[position])
        {
            case '{':
                return Members(json, ref position);
            case '[':
                return Items(json, ref position);
            case '"':
                return Text(json, ref position);
            default:
                var start = position;
                while (position < json.Length && !",]} \n\t\r".Contains(json[position]))
                {
                    position++;
                }

                return json[start..position] switch
                {
                    "null" => null,
                    "true" => true,
                    "false" => false,
                    "NaN" => double.NaN,
                    "Infinity" => double.PositiveInfinity,
                    "-Infinity" => double.NegativeInfinity,
                    var number => double.Parse(number, CultureInfo.InvariantCulture),
                };
        }
    }

    private static List<KeyValuePair<string, object?>> Members(string json, ref int position)
    {
        var members = new List<KeyValuePair<string, object?>>();
        for (position++; Next(json, ref position) != '}';)
        {
            var name = Text(json, ref position);
            Skip(json, ref position);
            position++;
            members.Add(new(name, Value(json, ref position)));
        }

        position++;
        return members;
    }

    private static List<object?> Items(string json, ref int position)
    {
        var items = new List<object?>();
        for (position++; Next(json, ref position) != ']';)
        {
            items.Add(Value(json, ref position));
        }

        position++;
        return items;
    }

    private static char Next(string json, ref int position)
    {
        Skip(json, ref position);
        if (json[position] == ',')
        {
            position++;
            Skip(json, ref position);
        }

        return json[position];
    }

    private static string Text(string json, ref int position)
    {
        var text = new StringBuilder();
        for (position++; json[position] != '"'; position++)
        {
            if (json[position] != '\\')
            {
                text.Append(json[position]);
                continue;
            }

            position++;
            if (json[position] == 'u')
            {
                text.Append((char)int.Parse(json.AsSpan(position + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                position += 4;
            }
            else
            {
                text.Append(json[position] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var other => other });
            }
        }

        position++;
        return text.ToString();
    }

    private static void Skip(string json, ref int position)
    {
        while (position < json.Length && char.IsWhiteSpace(json[position]))
        {
            position++;
        }
    }
}
