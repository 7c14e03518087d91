using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Wire;

/// <summary>
/// Collects token counts. A stream repeats them, cumulative and partly null, on every chunk: the last value of each field that is not
/// null counts, and nothing is ever added up (serving reference §5.2, §5.3).
/// </summary>
internal sealed class UsageFromWire
{
    private long? _prompt;
    private long? _completion;
    private long? _total;
    private long? _reasoning;
    private long? _cachedInPrompt;
    private long? _cacheRead;
    private long? _cacheCreation;
    private Dictionary<string, long>? _others;

    /// <summary>Reads a usage object; the reader stands on its property name.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        if (!reader.NextIsObject())
        {
            return;
        }

        while (reader.NextProperty())
        {
            if (reader.Is("prompt_tokens"u8) || reader.Is("input_tokens"u8))
            {
                _prompt = reader.NextInt64() ?? _prompt;
            }
            else if (reader.Is("completion_tokens"u8) || reader.Is("output_tokens"u8))
            {
                _completion = reader.NextInt64() ?? _completion;
            }
            else if (reader.Is("total_tokens"u8))
            {
                _total = reader.NextInt64() ?? _total;
            }
            else if (reader.Is("reasoning_tokens"u8))
            {
                _reasoning = reader.NextInt64() ?? _reasoning;
            }
            else if (reader.Is("cache_read_input_tokens"u8))
            {
                _cacheRead = reader.NextInt64() ?? _cacheRead;
            }
            else if (reader.Is("cache_creation_input_tokens"u8))
            {
                _cacheCreation = reader.NextInt64() ?? _cacheCreation;
            }
            else
            {
                ReadOther(ref reader);
            }
        }
    }

    private void ReadOther(ref Utf8JsonReader reader)
    {
        var name = reader.GetString()!;
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadDetails(ref reader, name);
        }
        else if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count))
        {
            (_others ??= [])[name] = count;
        }
        else
        {
            reader.Skip();
        }
    }

    // prompt_tokens_details.cached_tokens, completion_tokens_details.reasoning_tokens, and whatever else a provider counts.
    private void ReadDetails(ref Utf8JsonReader reader, string group)
    {
        while (reader.NextProperty())
        {
            if (reader.Is("cached_tokens"u8))
            {
                _cachedInPrompt = reader.NextInt64() ?? _cachedInPrompt;
            }
            else if (reader.Is("reasoning_tokens"u8))
            {
                _reasoning = reader.NextInt64() ?? _reasoning;
            }
            else
            {
                var name = $"{group}.{reader.GetString()}";
                if (reader.NextInt64() is { } count)
                {
                    (_others ??= [])[name] = count;
                }
            }
        }
    }

    /// <summary>The counts in Microsoft.Extensions.AI's terms; null when the service gave none.</summary>
    public UsageDetails? ToDetails()
    {
        if ((_prompt ?? _completion ?? _total ?? _reasoning ?? _cachedInPrompt ?? _cacheRead ?? _cacheCreation) is null && _others is null)
        {
            return null;
        }

        // Claude's cache counts stand beside prompt_tokens, OpenAI's inside it (serving reference §4.4): input includes both here.
        var besidePrompt = (_cacheRead ?? 0) + (_cacheCreation ?? 0);
        var input = _prompt is null && besidePrompt == 0 ? null : (long?)((_prompt ?? 0) + besidePrompt);
        var details = new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = _completion,
            TotalTokenCount = besidePrompt == 0 && _total is not null ? _total : Sum(input, _completion),
            CachedInputTokenCount = _cacheRead ?? _cachedInPrompt,
            ReasoningTokenCount = _reasoning,
        };
        if (_cacheCreation is { } creation)
        {
            // No property exists for it; the key is the community's (dotnet/extensions#7497).
            (details.AdditionalCounts ??= [])["cache_creation_input_tokens"] = creation;
        }

        if (_others is not null)
        {
            foreach (var (name, count) in _others)
            {
                (details.AdditionalCounts ??= [])[name] = count;
            }
        }

        return details;
    }

    private static long? Sum(long? input, long? output) => input is null && output is null ? null : (input ?? 0) + (output ?? 0);
}
