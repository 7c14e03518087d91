using Connectors.Databricks.ModelRecords;

namespace Connectors.Databricks.Models.Corrections;

/// <summary>A correction of a model record, derived from an error response of an endpoint.</summary>
/// <param name="Field">The name of the rejected parameter in the request body.</param>
/// <param name="Change">A description of the change.</param>
/// <param name="Apply">Applies the correction to a record.</param>
internal sealed record ParameterCorrection(string Field, string Change, Func<DatabricksModelInfo, DatabricksModelInfo> Apply)
{
    public const string LeftOut = "left out";

    public const string WithThinking = "left out with thinking";

    public const string WithTools = "left out with tools";

    /// <summary>Images and other media, which are replaced only when the caller opted in.</summary>
    public const string Media = "messages.media";

    public const string Tools = "tools";

    public const string ToolChoice = "tool_choice";

    private const string ReasoningField = "reasoning";

    public required string ServiceMessage { get; init; }

    /// <summary>The subject of the correction: a later correction with the same topic replaces it.</summary>
    public string Topic { get; init; } = Field;

    /// <summary>Further parameters that the correction affects.</summary>
    public IReadOnlyList<string> OtherFields { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; } = DateTimeOffset.MaxValue;

    public bool IsSameAs(ParameterCorrection other) => Field == other.Field && Change == other.Change;

    /// <summary>Whether the correction affects a parameter, such as <c>tools.strict</c>.</summary>
    public bool AppliesTo(string field) =>
        Field == field || field.EndsWith($".{Field}", StringComparison.Ordinal) || OtherFields.Contains(field);

    public static ParameterCorrection DropParameter(string parameter, string serviceMessage) => new(
        parameter,
        LeftOut,
        model => model with { UnsupportedParameters = [.. model.UnsupportedParameters, parameter] })
    {
        ServiceMessage = serviceMessage,
    };

    public static ParameterCorrection DropTopPWithTemperature(string serviceMessage) => new(
        "top_p", "left out with temperature", model => model with { TemperatureExcludesTopP = true })
    {
        ServiceMessage = serviceMessage,
    };

    public static ParameterCorrection RenameOutputLimit(string name, string serviceMessage) => new(
        "max_tokens", $"renamed to {name}", model => model with { OutputLimitParameter = name })
    {
        ServiceMessage = serviceMessage,
        Topic = "the name of max_tokens",
        OtherFields = [name],
    };

    public static ParameterCorrection CapOutputTokens(int tokens, string serviceMessage) => new(
        "max_tokens", $"at most {tokens}", model => model with { MaxOutputTokens = tokens })
    {
        ServiceMessage = serviceMessage,
        OtherFields = ["max_completion_tokens"],
    };

    public static ParameterCorrection SetEfforts(IReadOnlyList<string> efforts, string serviceMessage) => new(
        "reasoning_effort", $"one of {string.Join(", ", efforts)}",
        model => model with { Reasoning = model.Reasoning with { Efforts = efforts } })
    {
        ServiceMessage = serviceMessage,
    };

    public static ParameterCorrection RemoveEffort(string effort, string serviceMessage) => new(
        "reasoning_effort", $"never {effort}", model => model with { Reasoning = Without(model.Reasoning, effort) })
    {
        ServiceMessage = serviceMessage,
        Topic = $"the effort {effort}",
    };

    public static ParameterCorrection DropEffortWithTools(string serviceMessage) => new(
        "reasoning_effort", WithTools, model => model with { Reasoning = model.Reasoning with { ToolsExcludeEffort = true } })
    {
        ServiceMessage = serviceMessage,
        Topic = "an effort with tools",
    };

    public static ParameterCorrection DropSamplingWithReasoning(string serviceMessage) => new(
        "sampling", WithThinking, model => model with { Reasoning = model.Reasoning with { ExcludesSampling = true } })
    {
        ServiceMessage = serviceMessage,
        OtherFields = ["temperature", "top_p", "top_k"],
    };

    public static ParameterCorrection DropThinkingWithForcedTool(string serviceMessage) => new(
        "thinking", "left out with a forced tool choice",
        model => model with { Reasoning = model.Reasoning with { ExcludesForcedTools = true } })
    {
        ServiceMessage = serviceMessage,
    };

    public static ParameterCorrection DropReasoningDisplay(string serviceMessage) => new(
        "thinking.display", LeftOut, model => model with { Reasoning = model.Reasoning with { IsShown = false } })
    {
        ServiceMessage = serviceMessage,
    };

    public static ParameterCorrection SetReasoningStyle(ReasoningStyle style, string serviceMessage) => new(
        ReasoningField,
        style == ReasoningStyle.None ? LeftOut : $"requested by {style}",
        model => model with { Reasoning = WithStyle(model.Reasoning, style) })
    {
        ServiceMessage = serviceMessage,
        OtherFields = ["reasoning_effort", "thinking"],
    };

    public static ParameterCorrection DropStrict(string serviceMessage) => new(
        "strict",
        LeftOut,
        model => model with { Tools = model.Tools with { SupportsStrict = false }, SupportsStrictJsonSchema = false })
    {
        ServiceMessage = serviceMessage,
    };

    public static ParameterCorrection DropStrictTools(string serviceMessage) => new(
        "tools.strict", LeftOut, model => model with { Tools = model.Tools with { SupportsStrict = false } })
    {
        ServiceMessage = serviceMessage,
    };

    public static ParameterCorrection DropStrictFormat(string serviceMessage) => new(
        "response_format.strict", LeftOut, model => model with { SupportsStrictJsonSchema = false })
    {
        ServiceMessage = serviceMessage,
    };

    public static ParameterCorrection UseSchemas(SchemaDialect dialect, string name, string serviceMessage) => new(
        "schemas", $"converted to the {name}", model => model with { Tools = model.Tools with { SchemaDialect = dialect } })
    {
        ServiceMessage = serviceMessage,
    };

    public static ParameterCorrection UseToolNames(ToolNaming naming, string serviceMessage) => new(
        "tools.name", "replaced when it does not conform", model => model with { Tools = model.Tools with { Naming = naming } })
    {
        ServiceMessage = serviceMessage,
    };

    public static ParameterCorrection AddJsonWord(string serviceMessage) => new(
        "response_format", "JSON requested in the system message too",
        model => model with { JsonObjectRequiresWord = true })
    {
        ServiceMessage = serviceMessage,
        OtherFields = ["messages.system"],
    };

    public static ParameterCorrection SplitParallelCalls(string serviceMessage) => new(
        "tool_calls", "one per turn", model => model with { Tools = model.Tools with { SupportsParallelCalls = false } })
    {
        ServiceMessage = serviceMessage,
    };

    public static ParameterCorrection AddThoughtSignatures(string serviceMessage) => new(
        "thought_signature", "added to calls without one",
        model => model with { Tools = model.Tools with { RequiresThoughtSignatures = true } })
    {
        ServiceMessage = serviceMessage,
    };

    public static ParameterCorrection DeclarePlaceholderTool(string serviceMessage) => new(
        Tools, "a placeholder declared after tool calls",
        model => model with { Tools = model.Tools with { RequiresToolsAfterCalls = true } })
    {
        ServiceMessage = serviceMessage,
    };

    public static ParameterCorrection DropNoneChoice(string serviceMessage) => new(
        ToolChoice, "never none", model => model with { Tools = model.Tools with { SupportsNoneChoice = false } })
    {
        ServiceMessage = serviceMessage,
        OtherFields = [Tools],
    };

    public static ParameterCorrection DropCacheControl(string serviceMessage) => new(
        "cache_control", LeftOut, model => model with { SupportsCacheControl = false })
    {
        ServiceMessage = serviceMessage,
    };

    public static ParameterCorrection SetModalities(IReadOnlyList<string> modalities, string serviceMessage) => new(
        Media, "replaced by a note", model => model with { InputModalities = modalities })
    {
        ServiceMessage = serviceMessage,
    };

    private static DatabricksModelReasoning Without(DatabricksModelReasoning reasoning, string effort) => reasoning with
    {
        Efforts = [.. reasoning.Efforts.Where(known => known != effort)],
    };

    private static DatabricksModelReasoning WithStyle(DatabricksModelReasoning reasoning, ReasoningStyle style) => reasoning with
    {
        Style = style,
        Efforts = style == ReasoningStyle.Adaptive ? ["low", "medium", "high", "xhigh", "max"] : reasoning.Efforts,
    };
}
