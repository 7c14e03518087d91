using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound.Templates;

/// <summary>
/// Reads the chunks of one stream that match a template, and builds a new template from a chunk that does not. It is the only type of this
/// folder that the rest of the inbound mapping uses. A struct, because each stream has exactly one.
/// </summary>
/// <param name="shared">The template that the streams of a client share.</param>
internal struct ChunkTemplateReader(SharedTemplate shared)
{
    /// <summary>
    /// The number of consecutive templates that may be built without a match: a stream that never repeats itself stops building them.
    /// </summary>
    private const int MaxUnmatchedBuilds = 8;

    private ChunkTemplate? _template = shared.Value;
    private MatchResult _result;
    private int _builds;
    private bool _hasText;

    /// <summary>Reads a chunk if it matches the template; otherwise returns false, and the caller reads it as JSON.</summary>
    public bool TryRead(ReadOnlySpan<byte> chunk, bool isErrorEvent, ReplyFacts facts, ChoiceStreams choices)
    {
        _result = isErrorEvent || _template is null ? MatchResult.NoMatch : _template.Read(chunk, facts, choices);
        return _result == MatchResult.Matched;
    }

    /// <summary>Shares the template if the chunk matched; otherwise builds one from the chunk.</summary>
    /// <param name="chunk">The chunk of the last call to <see cref="TryRead"/>, which was read without an error.</param>
    /// <param name="update">The first update that came of it, if any.</param>
    /// <param name="options">The options with which the chunk was read.</param>
    public void Update(ReadOnlySpan<byte> chunk, ChatResponseUpdate? update, JsonReaderOptions options)
    {
        if (_result == MatchResult.NoMatch)
        {
            Build(chunk, update, options);
        }
        else
        {
            (_hasText, _builds) = (true, 0);
            shared.Set(_template!);
        }
    }

    // No template is built from the first text chunk: it would delay the first token.
    private void Build(ReadOnlySpan<byte> chunk, ChatResponseUpdate? update, JsonReaderOptions options)
    {
        if (update?.Contents is [TextContent or TextReasoningContent])
        {
            if (_hasText && _builds++ < MaxUnmatchedBuilds && ChunkTemplateBuilder.Build(chunk, options) is { } template)
            {
                _template = template;
            }

            _hasText = true;
        }
    }
}
