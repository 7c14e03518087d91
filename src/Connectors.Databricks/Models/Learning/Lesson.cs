namespace Connectors.Databricks.Models.Learning;

/// <summary>A correction of a model's record that an endpoint has asked for.</summary>
/// <param name="Field">What was refused, by its name in the body.</param>
/// <param name="Change">What is done about it, in words.</param>
/// <param name="Correct">The correction.</param>
internal sealed record Lesson(string Field, string Change, Func<DatabricksModelInfo, DatabricksModelInfo> Correct)
{
    public const string LeftOut = "left out";

    public const string BesideThinking = "left out beside thinking";

    public const string BesideTools = "left out beside tools";

    /// <summary>Images and their like, which are replaced only for callers who said so.</summary>
    public const string Media = "messages.media";

    public const string Tools = "tools";

    public const string ToolChoice = "tool_choice";

    private const string ReasoningField = "reasoning";

    public required string ServiceMessage { get; init; }

    /// <summary>What it is about: a later lesson on the same topic takes its place.</summary>
    public string Topic { get; init; } = Field;

    /// <summary>Further fields that are written otherwise because of it.</summary>
    public IReadOnlyList<string> OtherFields { get; init; } = [];

    public DateTimeOffset LearnedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; } = DateTimeOffset.MaxValue;

    public bool IsLike(Lesson other) => Field == other.Field && Change == other.Change;

    /// <summary>Whether a field, such as <c>tools.strict</c>, is written otherwise because of it.</summary>
    public bool Covers(string field) =>
        Field == field || field.EndsWith($".{Field}", StringComparison.Ordinal) || OtherFields.Contains(field);

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
        Topic = "the name of max_tokens",
        OtherFields = [name],
    };

    public static Lesson LimitAtMost(int tokens, string words) => new(
        "max_tokens", $"at most {tokens}", model => model with { MaxOutputTokens = tokens })
    {
        ServiceMessage = words,
        OtherFields = ["max_completion_tokens"],
    };

    public static Lesson EffortsAre(IReadOnlyList<string> efforts, string words) => new(
        "reasoning_effort", $"one of {string.Join(", ", efforts)}", model => model with { Reasoning = model.Reasoning with { Efforts = efforts } })
    {
        ServiceMessage = words,
    };

    public static Lesson EffortIsNot(string effort, string words) => new(
        "reasoning_effort", $"never {effort}", model => model with { Reasoning = Without(model.Reasoning, effort) })
    {
        ServiceMessage = words,
        Topic = $"the effort {effort}",
    };

    public static Lesson NoEffortBesideTools(string words) => new(
        "reasoning_effort", BesideTools, model => model with { Reasoning = model.Reasoning with { ToolsExcludeEffort = true } })
    {
        ServiceMessage = words,
        Topic = "an effort beside tools",
    };

    public static Lesson NoSamplingBesideThinking(string words) => new(
        "sampling", BesideThinking, model => model with { Reasoning = model.Reasoning with { ExcludesSampling = true } })
    {
        ServiceMessage = words,
        OtherFields = ["temperature", "top_p", "top_k"],
    };

    public static Lesson NotShown(string words) => new(
        "thinking.display", LeftOut, model => model with { Reasoning = model.Reasoning with { IsShown = false } })
    {
        ServiceMessage = words,
    };

    public static Lesson ThinksBy(DatabricksReasoningStyle style, string words) => new(
        ReasoningField,
        style == DatabricksReasoningStyle.None ? LeftOut : $"asked for by {style}",
        model => model with { Reasoning = WithStyle(model.Reasoning, style) })
    {
        ServiceMessage = words,
        OtherFields = ["reasoning_effort", "thinking"],
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

    public static Lesson NoStrictFormat(string words) => new(
        "response_format.strict", LeftOut, model => model with { Output = model.Output with { AcceptsStrict = false } })
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

    public static Lesson ToolsAfterCalls(string words) => new(
        Tools, "a placeholder declared after tool calls", model => model with { Tools = model.Tools with { RequiresToolsAfterCalls = true } })
    {
        ServiceMessage = words,
    };

    public static Lesson NoNoneChoice(string words) => new(
        ToolChoice, "never none", model => model with { Tools = model.Tools with { AcceptsNoneChoice = false } })
    {
        ServiceMessage = words,
        OtherFields = [Tools],
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

    private static DatabricksModelReasoning Without(DatabricksModelReasoning reasoning, string effort) => reasoning with
    {
        Efforts = [.. reasoning.Efforts.Where(known => known != effort)],
    };

    private static DatabricksModelReasoning WithStyle(DatabricksModelReasoning reasoning, DatabricksReasoningStyle style) => reasoning with
    {
        Style = style,
        Efforts = style == DatabricksReasoningStyle.Adaptive ? ["low", "medium", "high", "xhigh", "max"] : reasoning.Efforts,
    };
}
