namespace Connectors.Databricks.Emulator;

/// <summary>What a chat completion does differently: each was published, for a model, a host of it or a proxy.</summary>
public enum ChatDeviation
{
    /// <summary>A streamed tool call opens with the arguments <c>{}</c>, as on Anthropic's own host.</summary>
    EmptyObjectBeforeArguments,

    /// <summary>The delta with the signature of reasoning has no text.</summary>
    SignatureWithoutText,

    /// <summary><c>usage</c> has no <c>total_tokens</c>.</summary>
    UsageWithoutTotal,

    /// <summary>Deltas have no <c>role</c>, as streams of gpt-oss after the first.</summary>
    DeltasWithoutRole,

    /// <summary>A chunk has the delta null, as the packets of a content filter.</summary>
    NullDelta,

    /// <summary>A chunk has a choice without a delta.</summary>
    MissingDelta,

    /// <summary>The last <c>usage</c> is a chunk of its own without <c>choices</c>.</summary>
    UsageWithoutChoices,

    /// <summary>All tool calls of a response have the same id.</summary>
    RepeatedToolCallIds,

    /// <summary>Tool calls have empty ids.</summary>
    EmptyToolCallIds,
}
