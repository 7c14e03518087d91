namespace Connectors.Databricks.Chat.Inbound;

/// <summary>
/// The pattern that the streams of one client had last. The next stream begins with it, so that its first word need not be read as JSON:
/// that is the one for which somebody waits. It has fitted a second chunk, so what it holds is no text and no id; and a stream that is
/// otherwise makes its own.
/// </summary>
internal sealed class LastPattern
{
    /// <summary>Null before the first. A pattern never changes, so streams may take and set it at the same time.</summary>
    public ChunkPattern? Value { get; private set; }

    /// <summary>Takes the pattern of a chunk that it fits; mostly it is here already, and is not written again by a thousand streams at once.</summary>
    public void Offer(ChunkPattern pattern)
    {
        if (Value != pattern)
        {
            Value = pattern;
        }
    }
}
