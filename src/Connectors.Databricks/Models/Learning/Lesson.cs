namespace Connectors.Databricks.Models.Learning;

/// <summary>A correction of a model's record that an endpoint has asked for.</summary>
/// <param name="Field">What was refused, by its name in the body.</param>
/// <param name="Change">What is done about it, in words.</param>
/// <param name="Correct">The correction.</param>
internal sealed record Lesson(string Field, string Change, Func<DatabricksModelInfo, DatabricksModelInfo> Correct)
{
    public const string LeftOut = "left out";

    /// <summary>Images and their like, which are replaced only for callers who said so.</summary>
    public const string Media = "messages.media";

    private const string ReasoningField = "reasoning";

    public required string ServiceMessage { get; init; }

    public DateTimeOffset LearnedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; } = DateTimeOffset.MaxValue;

    public static Lesson Without(string parameter, string words) => new(
        parameter,
        LeftOut,
        model => model with { Parameters = model.Parameters with { Refused = [.. model.Parameters.Refused, parameter] } })
    {
        ServiceMessage = words,
    };

    public static Lesson TemperatureAlone(string words) => new(
        "top_p", "left out beside temperature", model => model with { Parameters = model.Parameters with { TemperatureExcludesTopP = true } })
    {
        ServiceMessage = words,
    };

    public static Lesson LimitCalled(string name, string words) => new(
        "max_tokens", $"called {name}", model => model with { Parameters = model.Parameters with { OutputLimit = name } })
    {
        ServiceMessage = words,
    };

    public static Lesson LimitAtMost(int tokens, string words) => new(
        "max_tokens", $"at most {tokens}", model => model with { MaxOutputTokens = tokens })
    {
        ServiceMessage = words,
    };

    public static Lesson EffortsAre(IReadOnlyList<string> efforts, string words) => new(
        "reasoning_effort", $"one of {string.Join(", ", efforts)}", model => model with { Reasoning = model.Reasoning with { Efforts = efforts } })
    {
        ServiceMessage = words,
    };

    public static Lesson ThinksBy(DatabricksReasoningStyle style, string words) => new(
        ReasoningField,
        style == DatabricksReasoningStyle.None ? LeftOut : $"asked for by {style}",
        model => model with { Reasoning = WithStyle(model.Reasoning, style) })
    {
        ServiceMessage = words,
    };

    public static Lesson NoStrict(string words) => new(
        "strict",
        LeftOut,
        model => model with { Tools = model.Tools with { AcceptsStrict = false }, Output = model.Output with { AcceptsStrict = false } })
    {
        ServiceMessage = words,
    };

    public static Lesson NoStrictTools(string words) => new(
        "tools.strict", LeftOut, model => model with { Tools = model.Tools with { AcceptsStrict = false } })
    {
        ServiceMessage = words,
    };

    public static Lesson GoogleSchemas(string words) => new(
        "schemas", "written as Google knows them", model => model with { Tools = model.Tools with { SchemaDialect = DatabricksSchemaDialect.Google } })
    {
        ServiceMessage = words,
    };

    public static Lesson OneCallPerTurn(string words) => new(
        "tool_calls", "one in each turn", model => model with { Tools = model.Tools with { AcceptsSeveralCalls = false } })
    {
        ServiceMessage = words,
    };

    public static Lesson SignedCalls(string words) => new(
        "thought_signature", "given to calls without one", model => model with { Tools = model.Tools with { RequiresSignatures = true } })
    {
        ServiceMessage = words,
    };

    public static Lesson NoCachePoints(string words) => new(
        "cache_control", LeftOut, model => model with { Messages = model.Messages with { AcceptsCachePoints = false } })
    {
        ServiceMessage = words,
    };

    public static Lesson TakesOnly(IReadOnlyList<string> modalities, string words) => new(
        Media, "replaced by a note", model => model with { InputModalities = modalities })
    {
        ServiceMessage = words,
    };

    private static DatabricksModelReasoning WithStyle(DatabricksModelReasoning reasoning, DatabricksReasoningStyle style) => reasoning with
    {
        Style = style,
        Efforts = style == DatabricksReasoningStyle.Adaptive ? ["low", "medium", "high", "xhigh", "max"] : reasoning.Efforts,
    };
}
