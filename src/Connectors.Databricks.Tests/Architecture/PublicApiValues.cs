using System.Globalization;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>Writes a constant as C# source: of a field, a parameter's default, or an attribute's argument.</summary>
internal static class PublicApiValues
{
    public static string Print(object? value, Type type, string? space)
    {
        type = type.IsByRef ? type.GetElementType()! : type;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            null => type.IsValueType && plain == type ? "default" : "null",
            _ when plain.IsEnum => PrintEnum(value, plain, space),
            bool flag => flag ? "true" : "false",
            string text => $"\"{Escape(text)}\"",
            char letter => $"'{Escape(letter.ToString())}'",
            float number => number.ToString("R", CultureInfo.InvariantCulture) + "F",
            double number => number.ToString("R", CultureInfo.InvariantCulture) + "D",
            decimal number => number.ToString(CultureInfo.InvariantCulture) + "M",
            long number => number.ToString(CultureInfo.InvariantCulture) + "L",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
    }

    private static string PrintEnum(object value, Type type, string? space)
    {
        var member = Enum.ToObject(type, value);
        var name = PublicApiTypeNames.Of(type, space);
        var parts = member.ToString()!.Split(", ");
        return char.IsLetter(parts[0][0]) ? string.Join(" | ", parts.Select(part => $"{name}.{part}")) : $"({name}){parts[0]}";
    }

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("\0", "\\0", StringComparison.Ordinal);
}
