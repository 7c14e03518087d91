using System.Globalization;

namespace Connectors.Databricks.Management.Metrics;

/// <summary>Parses numbers of metrics, including NaN and infinities.</summary>
internal static class MetricNumber
{
    /// <returns>Null if the text is not a number.</returns>
    public static double? Parse(ReadOnlySpan<char> text) => text switch
    {
        _ when text.Equals("NaN", StringComparison.OrdinalIgnoreCase) => double.NaN,
        ['+', .. var rest] when IsInfinity(rest) => double.PositiveInfinity,
        ['-', .. var rest] when IsInfinity(rest) => double.NegativeInfinity,
        _ when IsInfinity(text) => double.PositiveInfinity,
        [(>= '0' and <= '9') or '+' or '-' or '.', ..]
            when double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static bool IsInfinity(ReadOnlySpan<char> text) =>
        text.Equals("Inf", StringComparison.OrdinalIgnoreCase) || text.Equals("Infinity", StringComparison.OrdinalIgnoreCase);
}
