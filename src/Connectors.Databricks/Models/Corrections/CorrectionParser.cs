using System.Globalization;
using System.Text.RegularExpressions;
using Connectors.Databricks.ModelRecords;

namespace Connectors.Databricks.Models.Corrections;

/// <summary>
/// Derives a correction from a 400 that names the rejected parameter, in the wording of any model family (serving reference §3.6, §3.7,
/// appendix B). Errors whose correction would change the meaning of a request, such as a rejected tool, yield none: the caller decides.
/// </summary>
internal static partial class CorrectionParser
{
    public const string StreamOptions = "stream_options";

    private static readonly string[] Droppable =
    [
        "temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", "seed", "stop", "parallel_tool_calls", StreamOptions,
    ];

    private static readonly string[] Schemas = ["properties", "parameters", "input_schema", "schema"];

    /// <param name="message">The innermost error message of the service.</param>
    /// <returns>The correction, or null when the message names no parameter that can be corrected.</returns>
    public static ParameterCorrection? Parse(string? message) => message is null || Has(message, "Invalid schema for") ? null :
        FromTools(message) ?? FromContents(message) ?? FromReasoning(message) ?? FromLimits(message) ?? FromParameters(message);

    private static ParameterCorrection? FromTools(string message) => message switch
    {
        _ when Has(message, "Multiple tool calls are not supported") => ParameterCorrection.SplitParallelCalls(message),
        _ when ToolsMissing().IsMatch(message) => ParameterCorrection.DeclarePlaceholderTool(message),
        _ when NoneChoice().IsMatch(message) => ParameterCorrection.DropNoneChoice(message),
        _ when SignatureMissing().IsMatch(message) => ParameterCorrection.AddThoughtSignatures(message),
        _ when Has(message, "Compiled grammar size") => ParameterCorrection.DropStrict(message),
        _ when GoogleSchemaPlace().IsMatch(message) => ParameterCorrection.UseGoogleSchemas(message),
        _ when RejectedName(message) is { } path => FromPath(Names(path), message),
        _ => null,
    };

    // tools.0.custom.strict, tools[0].function.strict, messages.1.content.0.cache_control: the last name identifies the parameter.
    private static ParameterCorrection? FromPath(string[] names, string message) => names switch
    {
        // Names inside a schema belong to the tool.
        _ when names.Any(Schemas.Contains) && names is not ["response_format", _, "strict"] => null,
        ["tools", .., "strict"] => ParameterCorrection.DropStrictTools(message),
        ["response_format", .., "strict"] => ParameterCorrection.DropStrictFormat(message),
        [.., "strict"] => ParameterCorrection.DropStrict(message),
        [.., "cache_control"] => ParameterCorrection.DropCacheControl(message),
        _ => null,
    };

    private static string[] Names(string path) => path.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries);

    // messages.1.content.0.type: … `image_url`, expected one of `text`, `reasoning`
    private static ParameterCorrection? FromContents(string message)
    {
        if (Accepted().Match(message) is not { Success: true } accepted || !MediaPart().IsMatch(message[..accepted.Index]))
        {
            return null;
        }

        var parts = Quoted().Matches(accepted.Value).Select(match => match.Groups["word"].Value);
        return ParameterCorrection.SetModalities(
            [.. parts.Select(part => part.Replace("_url", string.Empty, StringComparison.Ordinal))], message);
    }

    private static ParameterCorrection? FromReasoning(string message)
    {
        if (ThinkingType().Match(message) is { Success: true } type)
        {
            return ParameterCorrection.SetReasoningStyle(
                type.Groups["use"].Value == "adaptive" ? ReasoningStyle.Adaptive : ReasoningStyle.Budget, message);
        }

        if (Accepted().Match(message) is { Success: true } accepted && Effort().IsMatch(message[..accepted.Index]))
        {
            var efforts = Quoted().Matches(accepted.Value).Select(match => match.Groups["word"].Value).ToArray();
            return efforts.Length > 0 ? ParameterCorrection.SetEfforts(efforts, message) : null;
        }

        return Names(RejectedName(message) ?? string.Empty) switch
        {
            ["thinking", .., "display"] => ParameterCorrection.DropReasoningDisplay(message),
            ["reasoning_effort"] when EffortValue().Match(message) is { Success: true } value =>
                ParameterCorrection.RemoveEffort(value.Groups["value"].Value, message),
            ["reasoning_effort"] when Has(message, "tools") => ParameterCorrection.DropEffortWithTools(message),
            ["reasoning_effort" or "thinking" or "output_config", ..] =>
                ParameterCorrection.SetReasoningStyle(ReasoningStyle.None, message),
            _ => null,
        };
    }

    private static ParameterCorrection? FromLimits(string message)
    {
        if (LimitTooLarge().Match(message) is { Success: true } tooLarge)
        {
            return int.TryParse(tooLarge.Groups["max"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var max) && max > 0
                ? ParameterCorrection.CapOutputTokens(max, message)
                : null;
        }

        return RejectedName(message) switch
        {
            "max_tokens" => ParameterCorrection.RenameOutputLimit("max_completion_tokens", message),
            "max_completion_tokens" => ParameterCorrection.RenameOutputLimit("max_tokens", message),
            _ => null,
        };
    }

    private static ParameterCorrection? FromParameters(string message)
    {
        if (NotBoth().IsMatch(message))
        {
            return ParameterCorrection.DropTopPWithTemperature(message);
        }

        if (SamplingWithReasoning().IsMatch(message))
        {
            return ParameterCorrection.DropSamplingWithReasoning(message);
        }

        var name = RejectedName(message);
        return Droppable.Contains(name) ? ParameterCorrection.DropParameter(name!, message)

            // The connector adds this field, not the caller: any error that mentions it is sufficient.
            : Has(message, StreamOptions) ? ParameterCorrection.DropParameter(StreamOptions, message)
            : null;
    }

    /// <summary>The name or path of the parameter that a message reports as unknown or unsupported.</summary>
    private static string? RejectedName(string message)
    {
        foreach (var pattern in (ReadOnlySpan<Regex>)[UnknownField(), ExtraInput(), Unsupported(), DoesNotSupport()])
        {
            if (pattern.Match(message) is { Success: true } match)
            {
                return match.Groups["name"].Value;
            }
        }

        return null;
    }

    private static bool Has(string message, string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);

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
    [GeneratedRegex(
        """
        does\ not\ support\ the\ [`'"]?(?<name>\w+)[`'"]?\ parameter
        | (?<![\w.\[\]$-])(?<name>\w+)[`'"]?:?\ (?:is\ |are\ )?not\ (?:supported|permitted|allowed)\b
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex DoesNotSupport();

    // Unsupported value: 'reasoning_effort' does not support 'minimal' with this model.
    [GeneratedRegex("""does not support ["'`](?<value>[a-z]+)["'`]""", RegexOptions.IgnoreCase)]
    private static partial Regex EffortValue();

    // Both orders, with or without ticks.
    [GeneratedRegex("temperature.{0,12}top_p.{0,12}cannot both|top_p.{0,12}temperature.{0,12}cannot both", RegexOptions.IgnoreCase)]
    private static partial Regex NotBoth();

    // Anthropic's own host: `temperature` may only be set to 1 when thinking is enabled (memory).
    [GeneratedRegex("(?:temperature|top_p|top_k).{0,80}when thinking is enabled", RegexOptions.IgnoreCase)]
    private static partial Regex SamplingWithReasoning();

    [GeneratedRegex("thinking\\.type\\.\\w+\"? is not supported.*thinking\\.type\\.(?<use>adaptive|enabled)", RegexOptions.Singleline)]
    private static partial Regex ThinkingType();

    [GeneratedRegex("content.*[`'\"](?:image|audio|video)_url[`'\"]|content.*[`'\"]file[`'\"]")]
    private static partial Regex MediaPart();

    [GeneratedRegex(@"(?:supported values are|expected one of):?[^\n]*", RegexOptions.IgnoreCase)]
    private static partial Regex Accepted();

    [GeneratedRegex(@"reasoning_effort|output_config\.effort|reasoning\.effort", RegexOptions.IgnoreCase)]
    private static partial Regex Effort();

    [GeneratedRegex("[`'\"](?<word>[a-z_]+)[`'\"]")]
    private static partial Regex Quoted();

    // Databricks: max_tokens (32000) cannot exceed 25000.; max_new_tokens 128000 cannot be greater than max_output_tokens 25000.
    // The hosts of Anthropic and of OpenAI (memory): max_tokens: 64000 > 32000, which is the maximum allowed number of output tokens;
    // max_tokens is too large: 64000. This model supports at most 16384 completion tokens
    [GeneratedRegex(
        """
        max(?:_completion|_new|_output)?_tokens
        (?:\ \(\d+\)\ cannot\ exceed\ |\ \d+\ cannot\ be\ greater\ than\ max_output_tokens\ |:\ \d+\ >\ |
           \ is\ too\ large:\ \d+\.\ This\ model\ supports\ at\ most\ )
        (?<max>\d+)
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex LimitTooLarge();

    // Bedrock: The toolConfig field must be defined when using toolUse and toolResult content blocks.; Anthropic's own host, once: Requests
    // which include `tool_use` or `tool_result` blocks must define tools.; LiteLLM: … doesn't support tool calling without `tools=` param
    [GeneratedRegex("toolConfig field must be defined|blocks must define tools|tool calling without `?tools", RegexOptions.IgnoreCase)]
    private static partial Regex ToolsMissing();

    // Unknown parameter in toolConfig.toolChoice: "none", must be one of: auto, any, tool; tool_choice: invalid value 'none'
    [GeneratedRegex("""tool_?choice[^\n]{0,80}["'`]none["'`]|["'`]none["'`][^\n]{0,80}tool_?choice""", RegexOptions.IgnoreCase)]
    private static partial Regex NoneChoice();

    // missing a thought_signature in functionCall parts; with ticks on Google's other host (memory)
    [GeneratedRegex("missing an? `?thought_signature", RegexOptions.IgnoreCase)]
    private static partial Regex SignatureMissing();

    // Unknown name "$schema" at 'tools[0].function_declarations[0].parameters'; Invalid value at '….response_schema…';
    // …function_declarations[0].parameters.properties[url].format: only 'enum' and 'date-time' are supported for STRING type
    [GeneratedRegex(
        """
        (?:Unknown\ name\ "[^"]+"|Invalid\ value)\ at\ '[^']*(?:function_declarations\[\d+\]\.parameters|response_schema)
        | (?:function_declarations\[\d+\]\.parameters|response_schema)[^\s']*:[ ]
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex GoogleSchemaPlace();
}
