using System.Globalization;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Models.Learning;

/// <summary>
/// Understands a 400 that names what it refuses, in the words of any family (serving reference §3.6, §3.7, appendix B). What would change
/// the meaning of a request, such as a refused tool, teaches nothing: its caller decides.
/// </summary>
internal static partial class LessonFromRefusal
{
    public const string StreamOptions = "stream_options";

    private static readonly string[] Droppable =
    [
        "temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", "seed", "stop", "parallel_tool_calls", StreamOptions,
    ];

    private static readonly string[] Schemas = ["properties", "parameters", "input_schema", "schema"];

    /// <param name="words">The service's message, dug out of its frames.</param>
    /// <returns>What to do about it; null when nothing is named that may be mended.</returns>
    public static Lesson? Read(string? words) => words is null || Has(words, "Invalid schema for") ? null :
        OfTools(words) ?? OfContents(words) ?? OfReasoning(words) ?? OfLimits(words) ?? OfParameters(words);

    private static Lesson? OfTools(string words) => words switch
    {
        _ when Has(words, "Multiple tool calls are not supported") => Lesson.OneCallPerTurn(words),
        _ when ToolsMissing().IsMatch(words) => Lesson.ToolsAfterCalls(words),
        _ when NoneChoice().IsMatch(words) => Lesson.NoNoneChoice(words),
        _ when SignatureMissing().IsMatch(words) => Lesson.SignedCalls(words),
        _ when Has(words, "Compiled grammar size") => Lesson.NoStrict(words),
        _ when GoogleSchemaPlace().IsMatch(words) => Lesson.GoogleSchemas(words),
        _ when Refused(words) is { } path => OfPath(Names(path), words),
        _ => null,
    };

    // tools.0.custom.strict, tools[0].function.strict, messages.1.content.0.cache_control: the last name says what it is about.
    private static Lesson? OfPath(string[] names, string words) => names switch
    {
        // What a schema holds is a tool's own affair, whatever it is called.
        _ when names.Any(Schemas.Contains) && names is not ["response_format", _, "strict"] => null,
        ["tools", .., "strict"] => Lesson.NoStrictTools(words),
        ["response_format", .., "strict"] => Lesson.NoStrictFormat(words),
        [.., "strict"] => Lesson.NoStrict(words),
        [.., "cache_control"] => Lesson.NoCachePoints(words),
        _ => null,
    };

    private static string[] Names(string path) => path.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries);

    // messages.1.content.0.type: … `image_url`, expected one of `text`, `reasoning`
    private static Lesson? OfContents(string words)
    {
        if (Accepted().Match(words) is not { Success: true } accepted || !MediaPart().IsMatch(words[..accepted.Index]))
        {
            return null;
        }

        var parts = Quoted().Matches(accepted.Value).Select(match => match.Groups["word"].Value);
        return Lesson.TakesOnly([.. parts.Select(part => part.Replace("_url", string.Empty, StringComparison.Ordinal))], words);
    }

    private static Lesson? OfReasoning(string words)
    {
        if (ThinkingType().Match(words) is { Success: true } type)
        {
            return Lesson.ThinksBy(
                type.Groups["use"].Value == "adaptive" ? DatabricksReasoningStyle.Adaptive : DatabricksReasoningStyle.Budget, words);
        }

        if (Accepted().Match(words) is { Success: true } accepted && Effort().IsMatch(words[..accepted.Index]))
        {
            var efforts = Quoted().Matches(accepted.Value).Select(match => match.Groups["word"].Value).ToArray();
            return efforts.Length > 0 ? Lesson.EffortsAre(efforts, words) : null;
        }

        return Names(Refused(words) ?? string.Empty) switch
        {
            ["thinking", .., "display"] => Lesson.NotShown(words),
            ["reasoning_effort"] when EffortValue().Match(words) is { Success: true } value =>
                Lesson.EffortIsNot(value.Groups["value"].Value, words),
            ["reasoning_effort"] when Has(words, "tools") => Lesson.NoEffortBesideTools(words),
            ["reasoning_effort" or "thinking" or "output_config", ..] => Lesson.ThinksBy(DatabricksReasoningStyle.None, words),
            _ => null,
        };
    }

    private static Lesson? OfLimits(string words)
    {
        if (LimitTooLarge().Match(words) is { Success: true } tooLarge)
        {
            return int.TryParse(tooLarge.Groups["most"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0
                ? Lesson.LimitAtMost(most, words)
                : null;
        }

        return Refused(words) switch
        {
            "max_tokens" => Lesson.LimitCalled("max_completion_tokens", words),
            "max_completion_tokens" => Lesson.LimitCalled("max_tokens", words),
            _ => null,
        };
    }

    private static Lesson? OfParameters(string words)
    {
        if (NotBoth().IsMatch(words))
        {
            return Lesson.TemperatureAlone(words);
        }

        if (BesideThinking().IsMatch(words))
        {
            return Lesson.NoSamplingBesideThinking(words);
        }

        var name = Refused(words);
        return Droppable.Contains(name) ? Lesson.Without(name!, words)

            // The field is nobody's wish but ours: any complaint about it will do.
            : Has(words, StreamOptions) ? Lesson.Without(StreamOptions, words)
            : null;
    }

    /// <summary>The name or the path that a message says is not known or not taken.</summary>
    private static string? Refused(string words)
    {
        foreach (var pattern in (ReadOnlySpan<Regex>)[UnknownField(), ExtraInput(), Unsupported(), DoesNotSupport()])
        {
            if (pattern.Match(words) is { Success: true } match)
            {
                return match.Groups["name"].Value;
            }
        }

        return null;
    }

    private static bool Has(string words, string part) => words.Contains(part, StringComparison.OrdinalIgnoreCase);

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
    private static partial Regex BesideThinking();

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
        (?<most>\d+)
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
