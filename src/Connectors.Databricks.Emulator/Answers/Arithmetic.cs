using System.Globalization;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Evaluates arithmetic with + - * / and parentheses in a prompt: the response to "What is 17 * 24?" is "17 * 24 = 408."</summary>
internal static partial class Arithmetic
{
    private const int MostDecimals = 10;

    /// <summary>"17 times 23" with the symbol of the operator.</summary>
    public static string WithSymbols(string prompt) => Word().Replace(prompt, match => match.Value.ToUpperInvariant() switch
    {
        "TIMES" or "MULTIPLIED BY" => "*",
        "DIVIDED BY" => "/",
        "PLUS" => "+",
        _ => "-",
    });

    public static string? Answer(string prompt)
    {
        var sum = Sum().Match(WithSymbols(prompt));
        if (!sum.Success || !Operator().IsMatch(sum.Value))
        {
            return null;
        }

        var text = sum.Value.Trim().TrimEnd('.', ',');
        try
        {
            var reader = new Reader(text.Replace(",", "", StringComparison.Ordinal));
            return reader.Read() is decimal value
                ? $"{text} = {Math.Round(value, MostDecimals).ToString("0.##########", CultureInfo.InvariantCulture)}."
                : null;
        }
        catch (Exception exception) when (exception is OverflowException or DivideByZeroException)
        {
            return null;
        }
    }

    // Only direct questions: "2026 - a year" or "pages 10 - 20" in a longer text does not count.
    [GeneratedRegex(
        @"(?<=^\s*(?:(?:please|can you|could you)\s+)?(?:what(?:'s|\s+is)|how\s+much\s+is|calculate|compute|evaluate|work\s+out)?:?\s*)"
        + @"(?<!\S)[-(]*\d[\d.,+*/×÷x()\s-]*(?=\s*[=?.!]*\s*$)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Sum();

    [GeneratedRegex(@"(?<=\d\s+)(?:times|multiplied by|divided by|plus|minus)(?=\s+\d)", RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    [GeneratedRegex(@"[\d)]\s*[-+*/×÷x]\s*[-(]*\d")]
    private static partial Regex Operator();

    /// <summary>A sum is terms between + and -, a term is factors between * and /, a factor is a number or a sum in brackets.</summary>
    private sealed class Reader(string text)
    {
        private int _at;

        public decimal? Read() => Terms() is decimal value && Next() is null ? value : null;

        private decimal? Terms()
        {
            var value = Factors();
            while (value is not null && Next() is '+' or '-')
            {
                value = Take() == '+' ? value + Factors() : value - Factors();
            }

            return value;
        }

        private decimal? Factors()
        {
            var value = Factor();
            while (value is not null && Next() is '*' or '×' or 'x' or '/' or '÷')
            {
                value = Take() is '/' or '÷' ? value / Factor() : value * Factor();
            }

            return value;
        }

        private decimal? Factor()
        {
            switch (Next())
            {
                case '-':
                    Take();
                    return -Factor();
                case '(':
                    Take();
                    var inner = Terms();
                    return Next() == ')' && Take() == ')' ? inner : null;
                default:
                    var start = _at;
                    while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.'))
                    {
                        _at++;
                    }

                    return decimal.TryParse(
                        text.AsSpan(start, _at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                        ? number
                        : null;
            }
        }

        private char? Next()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }

            return _at < text.Length ? text[_at] : null;
        }

        private char Take() => text[_at++];
    }
}
