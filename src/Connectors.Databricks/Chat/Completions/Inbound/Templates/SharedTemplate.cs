namespace Connectors.Databricks.Chat.Completions.Inbound.Templates;

/// <summary>
/// The template that the streams of one client used last. The next stream starts with it, so that its first text chunk, the one that
/// decides the time to first token, can be read without a JSON parser. A template is shared only after it has matched a second chunk, so
/// its constant bytes hold neither response text nor an id; a stream that it does not match builds its own.
/// </summary>
internal sealed class SharedTemplate
{
    /// <summary>Null until a template has matched. Templates are immutable, so concurrent streams may read and replace it.</summary>
    public ChunkTemplate? Value { get; private set; }

    /// <summary>
    /// Shares a template that matched a chunk. The field is written only on a change, so that concurrent streams do not contend for it.
    /// </summary>
    public void Set(ChunkTemplate template)
    {
        if (Value != template)
        {
            Value = template;
        }
    }
}
