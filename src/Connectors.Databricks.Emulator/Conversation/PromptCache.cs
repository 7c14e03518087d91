using System.Text;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Conversation;

/// <summary>
/// Claude's prompt cache: everything up to the last part with <c>cache_control</c> is written on the first request and read
/// on later ones. Such tokens are part of <c>prompt_tokens</c>: so Databricks' own usage tool counts them (public captures).
/// </summary>
internal sealed class PromptCache(bool countsSeparately = false)
{
    private readonly HashSet<string> _prefixes = [];
    private readonly Lock _lock = new();

    public EmulatedUsage Apply(ChatRequest request, EmulatedUsage usage)
    {
        var text = new StringBuilder();
        string? prefix = null;
        foreach (var turn in request.Turns)
        {
            text.Append(turn.Role).Append(':');
            if (turn.Parts.Count == 0)
            {
                text.AppendLine(turn.Text);
            }

            foreach (var part in turn.Parts)
            {
                text.AppendLine(part.Text("text") ?? part.ToJsonString());
                prefix = part.IsGiven("cache_control") ? text.ToString() : prefix;
            }
        }

        if (prefix is null)
        {
            return usage;
        }

        var cached = Math.Min(CountCached(request), usage.PromptTokens);
        bool isNew;
        lock (_lock)
        {
            isNew = _prefixes.Add(prefix);
        }

        return usage with
        {
            PromptTokens = countsSeparately ? usage.PromptTokens - cached : usage.PromptTokens,
            CacheCreationTokens = isNew ? cached : 0,
            CachedTokens = isNew ? 0 : cached,
        };
    }

    private static int CountCached(ChatRequest request)
    {
        var total = 0;
        var cached = 0;
        foreach (var turn in request.Turns)
        {
            total += turn.Parts.Count == 0 ? Tokenizer.Count(turn.Text) : 0;
            foreach (var part in turn.Parts)
            {
                total += part.Text("type") == "text" ? Tokenizer.Count(part.Text("text") ?? "") : 0;
                cached = part.IsGiven("cache_control") ? total : cached;
            }
        }

        return cached;
    }
}
