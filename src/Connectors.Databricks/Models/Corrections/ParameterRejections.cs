using System.Text.RegularExpressions;

namespace Connectors.Databricks.Models.Corrections;

/// <summary>
/// Reads the errors that report a parameter as unknown or unsupported, in the wording of each host (serving reference §3.10).
/// </summary>
internal static partial class ParameterRejections
{
    /// <summary>The name or path of the parameter that a message reports as unknown or unsupported.</summary>
    public static string? Find(string message)
    {
        foreach (var pattern in (ReadOnlySpan<Regex>)[UnknownField(), ExtraInput(), Unsupported(), DoesNotSupport()])
        {
            if (pattern.Match(message) is { Success: true } match)
            {
                return OnWire(match.Groups["name"].Value);
            }
        }

        return null;
    }

    // Amazon Bedrock and Google name the parameters of their own requests.
    private static string OnWire(string name) => name switch
    {
        "topP" => "top_p",
        "topK" => "top_k",
        "stopSequences" or "stop_sequences" => "stop",
        "frequencyPenalty" => "frequency_penalty",
        "presencePenalty" => "presence_penalty",
        _ => name,
    };

    // json: unknown field "x"; Unknown name "x" at '…'; Unknown parameter: 'x'; extraneous key `[x]`;
    // Unrecognized request argument supplied: x; of agents: Unexpected field 'x'
    [GeneratedRegex(
        """
        (?:unknown\ (?:field|name|parameter)|unexpected\ field|extraneous\ key|unrecognized\ (?:field|key|request\ argument\ supplied))
        :?[ ]?["'`\[]?(?<name>[\w.$]+)
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex UnknownField();

    // tools.0.custom.strict: Extra inputs are not permitted
    [GeneratedRegex(@"(?<name>[\w.\[\]$-]+): Extra inputs are not permitted", RegexOptions.IgnoreCase)]
    private static partial Regex ExtraInput();

    // Unsupported parameter: 'x' …; Unsupported value: 'x' does not support 0.1 with this model
    [GeneratedRegex("""unsupported (?:parameter|value): ["'`]?(?<name>[\w.]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Unsupported();

    // Model us.anthropic… does not support the x parameter; x: not supported; 'x' is not supported with this model
    // Bedrock: This model doesn't support the stopSequences field. Remove stopSequences and try again.; `x` is deprecated for this model.
    [GeneratedRegex(
        """
        (?:does\ not|doesn't)\ support\ the\ [`'"]?(?<name>[\w.]+)[`'"]?\ (?:parameter|field)
        | (?<![\w.\[\]$-])(?<name>\w+)[`'"]?\ is\ deprecated\ for\ this\ model
        | (?<![\w.\[\]$-])(?<name>\w+)[`'"]?:?\ (?:is\ |are\ )?not\ (?:supported|permitted|allowed)\b
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex DoesNotSupport();
}
