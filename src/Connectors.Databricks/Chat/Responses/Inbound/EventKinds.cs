namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>Recognizes the type of an event (serving reference §8.3).</summary>
internal static class EventKinds
{
    /// <param name="type">The <c>type</c> of the event, or its name when the JSON has none.</param>
    public static EventKind Of(ReadOnlySpan<byte> type) =>
        type.StartsWith("response."u8) ? InResponse(type["response."u8.Length..]) :

        // The client of Databricks accepts the misspelling too.
        type.StartsWith("responses."u8) ? InResponse(type["responses."u8.Length..]) :
        type.IsEmpty ? EventKind.Untyped :
        type.SequenceEqual("error"u8) ? EventKind.Error :
        type.SequenceEqual("function_call_output"u8) ? EventKind.ToolOutput :
        EventKind.Unknown;

    // The most frequent first.
    private static EventKind InResponse(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("output_text.delta"u8) ? EventKind.TextDelta :
        type.EndsWith(".delta"u8) ? OfDelta(type) :
        type.EndsWith(".done"u8) ? OfDone(type) :
        type.SequenceEqual("output_item.added"u8) ? EventKind.ItemAdded :
        type.SequenceEqual("output_text.annotation.added"u8) ? EventKind.Annotation :
        type.SequenceEqual("created"u8) || type.SequenceEqual("in_progress"u8) || type.SequenceEqual("queued"u8) ? EventKind.Started :
        type.SequenceEqual("completed"u8) ? EventKind.Completed :
        type.SequenceEqual("incomplete"u8) ? EventKind.Incomplete :
        type.SequenceEqual("failed"u8) ? EventKind.Failed :
        type.SequenceEqual("error"u8) ? EventKind.Error :
        EventKind.Unknown;

    private static EventKind OfDelta(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("function_call_arguments.delta"u8) ? EventKind.ArgumentsDelta :
        type.SequenceEqual("reasoning_summary_text.delta"u8) ? EventKind.SummaryDelta :

        // The spellings of OpenAI and of Open Responses.
        type.SequenceEqual("reasoning_text.delta"u8) || type.SequenceEqual("reasoning.delta"u8) ? EventKind.ReasoningDelta :
        type.SequenceEqual("refusal.delta"u8) ? EventKind.RefusalDelta :
        EventKind.Unknown;

    private static EventKind OfDone(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("output_item.done"u8) ? EventKind.ItemDone :
        type.SequenceEqual("output_text.done"u8) ? EventKind.TextDone :
        type.SequenceEqual("content_part.done"u8) ? EventKind.PartDone :
        type.SequenceEqual("function_call_arguments.done"u8) ? EventKind.ArgumentsDone :
        type.SequenceEqual("reasoning_summary_text.done"u8) ? EventKind.SummaryDone :
        type.SequenceEqual("reasoning_summary_part.done"u8) ? EventKind.SummaryPartDone :
        type.SequenceEqual("reasoning_text.done"u8) || type.SequenceEqual("reasoning.done"u8) ? EventKind.ReasoningDone :
        type.SequenceEqual("refusal.done"u8) ? EventKind.RefusalDone :
        EventKind.Unknown;
}
