namespace Connectors.Databricks.Emulator;

/// <summary>What a response of the Responses API does differently: each was published, for a model, an agent or a proxy.</summary>
public enum ResponsesDeviation
{
    /// <summary>A stream reports an <c>error</c> and then ends with <c>response.completed</c>.</summary>
    ErrorThenCompleted,

    /// <summary>A stream reports <c>response.error</c> in place of <c>error</c>, and ends.</summary>
    ResponseErrorEvent,

    /// <summary>The response fails: <c>response.failed</c>, or the status <c>failed</c>.</summary>
    Failed,

    /// <summary><c>response.completed</c> has an empty <c>output</c> after deltas.</summary>
    EmptyCompletedOutput,

    /// <summary>A stream has no deltas, only <c>response.output_item.done</c>.</summary>
    NoDeltas,

    /// <summary>A stream has deltas only: no items, and an empty <c>output</c> at its end.</summary>
    OnlyDeltas,

    /// <summary>The JSON of an event has no <c>type</c>: the <c>event:</c> line alone names it.</summary>
    EventLineWithoutType,

    /// <summary>Events have no <c>event:</c> line.</summary>
    NoEventLines,

    /// <summary>The last event is named <c>responses.completed</c>.</summary>
    MisspelledCompleted,

    /// <summary>The ids of items are placeholders: <c>__fake_id__</c>.</summary>
    PlaceholderIds,

    /// <summary>An event without a type carries the id of the trace: <c>{"trace_id":"tr-…"}</c>.</summary>
    UntypedTraceEvent,

    /// <summary><c>databricks_output</c> is a member of the last event, and not of its response.</summary>
    OutputOnLastEvent,

    /// <summary>A stream has two cycles of <c>response.created</c> and <c>response.completed</c>.</summary>
    RepeatedCycles,

    /// <summary>Reasoning is an item of type <c>message</c> with a <c>reasoning_text</c> part, as for Qwen 3.5.</summary>
    ReasoningAsMessage,

    /// <summary>Reasoning deltas are named <c>response.reasoning.delta</c>, the spelling of Open Responses.</summary>
    ReasoningDelta,

    /// <summary>The output of a tool that an agent ran is an event of its own type, <c>function_call_output</c>.</summary>
    ToolOutputEvent,

    /// <summary><c>usage</c> has no <c>input_tokens_details</c> and <c>output_tokens_details</c>.</summary>
    NoTokenDetails,

    /// <summary>The <c>status</c> of items is null.</summary>
    NullItemStatus,

    /// <summary>A stream of the gateway ends with <c>[DONE]</c>; a stream of an agent ends without.</summary>
    OtherTerminator,
}
