using System.Globalization;
using System.Text.RegularExpressions;
using Connectors.Databricks.ModelRecords;

namespace Connectors.Databricks.Models.Corrections;

/// <summary>
/// Derives a correction from a 400 that names the rejected parameter, in the wording of any host (serving reference §3.10).
/// Errors whose correction would change the meaning of a request yield none: the caller decides.
/// </summary>
internal static partial class CorrectionParser
{
    public const string StreamOptions = "stream_options";

    /// <summary>Of the Responses API: what a response includes beyond its default.</summary>
    public const string Include = "include";

    /// <summary>Of the Responses API.</summary>
    public const string ReasoningSummary = "reasoning.summary";

    private static readonly string[] Droppable =
    [
        "temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", "seed", "stop", "parallel_tool_calls", StreamOptions,
        Include, ReasoningSummary,
    ];

    private static readonly string[] Schemas = ["properties", "parameters", "input_schema", "schema"];

    /// <param name="message">The innermost error message of the service.</param>
    /// <returns>The correction, or null when the message names no parameter that can be corrected.</returns>
    public static ParameterCorrection? Parse(string? message) => message is null ? null :
        ToolRejections.Parse(message) ?? (Has(message, "Invalid schema for") ? null : ParseOthers(message));

    private static ParameterCorrection? ParseOthers(string message) =>
        FromTools(message) ?? FromContents(message) ?? FromReasoning(message) ?? LimitRejections.Parse(message) ?? FromParameters(message);

    private static ParameterCorrection? FromTools(string message) => message switch
    {
        _ when Has(message, "Multiple tool calls are not supported") => ParameterCorrection.SplitParallelCalls(message),
        _ when ToolsMissing().IsMatch(message) => ParameterCorrection.DeclarePlaceholderTool(message),
        _ when NoneChoice().IsMatch(message) => ParameterCorrection.DropNoneChoice(message),
        _ when SignatureMissing().IsMatch(message) => ParameterCorrection.AddThoughtSignatures(message),
        _ when Has(message, "Compiled grammar size") => ParameterCorrection.DropStrict(message),
        _ when JsonWord().IsMatch(message) => ParameterCorrection.AddJsonWord(message),
        _ when ParameterRejections.Find(message) is { } path => FromPath(Names(path), message),
        _ => null,
    };

    // tools.0.custom.strict, tools[0].function.strict, messages.1.content.0.cache_control: the last name identifies the parameter.
    private static ParameterCorrection? FromPath(string[] names, string message) => names switch
    {
        // Names inside a schema belong to the tool.
        _ when names.Any(Schemas.Contains) && names is not (["response_format", _, "strict"] or ["text", "format", "strict"]) => null,
        ["tools", .., "strict"] => ParameterCorrection.DropStrictTools(message),
        ["response_format", .., "strict"] or ["text", .., "strict"] => ParameterCorrection.DropStrictFormat(message),
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

        if (ForcedTool().IsMatch(message))
        {
            return ParameterCorrection.DropThinkingWithForcedTool(message);
        }

        if (Accepted().Match(message) is { Success: true } accepted && Effort().IsMatch(message[..accepted.Index]))
        {
            var efforts = Quoted().Matches(accepted.Value).Select(match => match.Groups["word"].Value).ToArray();
            return efforts.Length > 0 ? ParameterCorrection.SetEfforts(efforts, message) : null;
        }

        return Names(ParameterRejections.Find(message) ?? string.Empty) switch
        {
            ["thinking", .., "display"] => ParameterCorrection.DropReasoningDisplay(message),
            ["reasoning_effort"] when EffortValue().Match(message) is { Success: true } value =>
                ParameterCorrection.RemoveEffort(value.Groups["value"].Value, message),
            ["reasoning_effort"] when Has(message, "tools") => ParameterCorrection.DropEffortWithTools(message),
            ["reasoning_effort" or "thinking", ..] or ["reasoning"] or ["reasoning", "effort"]
                or ["output_config"] or ["output_config", "effort"] =>
                ParameterCorrection.SetReasoningStyle(ReasoningStyle.None, message),
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

        var name = ParameterRejections.Find(message);
        return Droppable.Contains(name) ? ParameterCorrection.DropParameter(name!, message)

            // The connector adds this field, not the caller: any error that mentions it is sufficient.
            : Has(message, StreamOptions) ? ParameterCorrection.DropParameter(StreamOptions, message)
            : null;
    }

    private static bool Has(string message, string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);

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

    // Bedrock and Anthropic: Thinking may not be enabled when tool_choice forces tool use.
    [GeneratedRegex("thinking.{0,40}tool_choice forces tool use", RegexOptions.IgnoreCase)]
    private static partial Regex ForcedTool();

    [GeneratedRegex("content.*[`'\"](?:image|audio|video)_url[`'\"]|content.*[`'\"]file[`'\"]")]
    private static partial Regex MediaPart();

    [GeneratedRegex(@"(?:supported values are|expected one of):?[^\n]*", RegexOptions.IgnoreCase)]
    private static partial Regex Accepted();

    [GeneratedRegex(@"reasoning_effort|output_config\.effort|reasoning\.effort", RegexOptions.IgnoreCase)]
    private static partial Regex Effort();

    [GeneratedRegex("[`'\"](?<word>[a-z_]+)[`'\"]")]
    private static partial Regex Quoted();

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

    // "messages" must contain the word "json" in some form, to use "response_format" of type "json_object".
    [GeneratedRegex("""must contain the word ["'`]?json""", RegexOptions.IgnoreCase)]
    private static partial Regex JsonWord();
}
