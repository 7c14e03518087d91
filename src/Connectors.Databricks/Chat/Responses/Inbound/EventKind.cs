namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>The events of a Responses stream that are read; all others are skipped.</summary>
internal enum EventKind
{
    /// <summary>An event without a type.</summary>
    Untyped,

    /// <summary>An event that is skipped.</summary>
    Unknown,

    TextDelta,
    RefusalDelta,
    ReasoningDelta,
    SummaryDelta,
    ArgumentsDelta,

    TextDone,
    RefusalDone,
    ReasoningDone,
    SummaryDone,
    ArgumentsDone,

    PartDone,
    SummaryPartDone,
    Annotation,

    ItemAdded,
    ItemDone,

    /// <summary>The output of a tool that an agent ran, as an event of its own.</summary>
    ToolOutput,

    /// <summary>The response is created, queued or in progress.</summary>
    Started,

    Completed,
    Incomplete,

    Failed,
    Error,
}
