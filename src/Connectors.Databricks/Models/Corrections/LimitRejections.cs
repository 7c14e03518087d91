using System.Globalization;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Models.Corrections;

/// <summary>Reads the errors about the output limit: its maximum, or its name (serving reference §3.10).</summary>
internal static partial class LimitRejections
{
    public static ParameterCorrection? Parse(string message)
    {
        if (LimitTooLarge().Match(message) is { Success: true } tooLarge)
        {
            return Tokens(tooLarge.Groups["max"].Success ? tooLarge.Groups["max"].Value : tooLarge.Groups["beyond"].Value) is { } stated &&
                (tooLarge.Groups["max"].Success ? stated : stated - 1) is > 0 and var max
                ? ParameterCorrection.CapOutputTokens(max, message)
                : null;
        }

        return ParameterRejections.Find(message) switch
        {
            "max_tokens" => ParameterCorrection.RenameOutputLimit("max_completion_tokens", message),
            "max_completion_tokens" => ParameterCorrection.RenameOutputLimit("max_tokens", message),
            _ => null,
        };
    }

    private static int? Tokens(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var tokens) ? tokens : null;

    // Databricks: max_tokens (32000) cannot exceed 25000.; max_new_tokens 128000 cannot be greater than max_output_tokens 25000.
    // Anthropic and OpenAI: max_tokens: 64000 > 32000, which is the maximum allowed number of output tokens;
    // max_tokens is too large: 64000. This model supports at most 16384 completion tokens
    // Bedrock: The maximum tokens you requested exceeds the model limit of 4096.
    // Vertex: it has a maxOutputTokens value of 65536 but the supported range is from 1 (inclusive) to 65536 (exclusive).
    [GeneratedRegex(
        """
        max(?:_completion|_new|_output)?_tokens
        (?:\ \(\d+\)\ cannot\ exceed\ |\ \d+\ cannot\ be\ greater\ than\ max_output_tokens\ |:\ \d+\ >\ |
           \ is\ too\ large:\ \d+\.\ This\ model\ supports\ at\ most\ )
        (?<max>\d+)
        | maximum\ tokens\ you\ requested\ exceeds\ the\ model\ limit\ of\ (?<max>\d+)
        | maxOutputTokens\ value\ of\ \d+\ but\ the\ supported\ range\ is\ from\ 1\ \(inclusive\)\ to\ (?<beyond>\d+)\ \(exclusive\)
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex LimitTooLarge();
}
