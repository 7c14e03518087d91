using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Wire;

/// <summary>
/// Collects token counts. Streams repeat cumulative and partly null counts on every chunk: the last value of each field that is not null
/// is used, and values are never summed (serving reference §5.2, §5.3).
/// </summary>
/// <param name="items">Counts the names that are kept for a stream.</param>
internal sealed class UsageFromWire(ItemBudget items)
{
    /// <summary>The maximum length of a group name, which prefixes each count in the group.</summary>
    private const int LongestGroup = 256;

    private Counts _counts;
    private Dictionary<string, long>? _others;

    /// <summary>Gets a known count, or null when it is missing.</summary>
    public long? this[UsageCount count]
    {
        get => _counts[(int)count];
        set => _counts[(int)count] = value;
    }

    /// <summary>Returns the count of the current property of a usage object, or null for other properties.</summary>
    public static UsageCount? CountOf(ref Utf8JsonReader reader) =>
        reader.Is("prompt_tokens"u8) || reader.Is("input_tokens"u8) ? UsageCount.Prompt :
        reader.Is("completion_tokens"u8) || reader.Is("output_tokens"u8) ? UsageCount.Completion :
        reader.Is("total_tokens"u8) ? UsageCount.Total :
        reader.Is("reasoning_tokens"u8) ? UsageCount.Reasoning :
        reader.Is("cache_read_input_tokens"u8) ? UsageCount.CacheRead :
        reader.Is("cache_creation_input_tokens"u8) ? UsageCount.CacheCreation :
        null;

    /// <summary>
    /// Returns the count of a nested property: prompt_tokens_details.cached_tokens, completion_tokens_details.reasoning_tokens.
    /// </summary>
    public static UsageCount? DetailOf(ref Utf8JsonReader reader) =>
        reader.Is("cached_tokens"u8) ? UsageCount.CachedInPrompt :
        reader.Is("reasoning_tokens"u8) ? UsageCount.Reasoning :
        null;

    /// <summary>The name of an unknown nested count; the reader is positioned on its property name.</summary>
    public static string NameIn(string group, ref Utf8JsonReader reader) => $"{group}.{reader.GetString()}";

    /// <summary>Whether a nested object may contain counts.</summary>
    public static bool IsGroup(string name) => name.Length <= LongestGroup;

    /// <summary>Sets a provider-specific count.</summary>
    public void SetOther(string name, long count)
    {
        ref var value = ref CollectionsMarshal.GetValueRefOrAddDefault(_others ??= [], name, out var exists);
        if (!exists)
        {
            items.Spend();
        }

        value = count;
    }

    /// <summary>Reads a usage object; the reader is positioned on its property name.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        if (!reader.NextIsObject())
        {
            return;
        }

        while (reader.NextProperty())
        {
            if (CountOf(ref reader) is { } count)
            {
                this[count] = reader.NextInt64() ?? this[count];
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
        if (reader.TokenType == JsonTokenType.StartObject && IsGroup(name))
        {
            ReadDetails(ref reader, name);
        }
        else if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count))
        {
            SetOther(name, count);
        }
        else
        {
            reader.Skip();
        }
    }

    // Known counts, and those that are specific to a provider.
    private void ReadDetails(ref Utf8JsonReader reader, string group)
    {
        while (reader.NextProperty())
        {
            if (DetailOf(ref reader) is { } known)
            {
                this[known] = reader.NextInt64() ?? this[known];
            }
            else
            {
                var name = NameIn(group, ref reader);
                if (reader.NextInt64() is { } count)
                {
                    SetOther(name, count);
                }
            }
        }
    }

    /// <summary>Returns the counts as <see cref="UsageDetails"/>, or null when the service sent none.</summary>
    public UsageDetails? ToDetails()
    {
        if (!IsAnyGiven())
        {
            return null;
        }

        var (completion, total) = (this[UsageCount.Completion], this[UsageCount.Total]);
        var input = Input();
        var details = new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = completion,

            // The total of the service is never replaced, and is computed only when both parts are known.
            TotalTokenCount = total ?? input + completion,
            CachedInputTokenCount = this[UsageCount.CacheRead] ?? this[UsageCount.CachedInPrompt],
            ReasoningTokenCount = this[UsageCount.Reasoning],
        };
        if (this[UsageCount.CacheCreation] is { } creation)
        {
            // There is no property for it; the key is the convention of the community (dotnet/extensions#7497).
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

    /// <summary>
    /// The input tokens, cached ones included. The cache counts of Claude are part of <c>prompt_tokens</c> as well, unless the numbers show
    /// that they are not: they exceed it, or the total includes them in addition ([issue databricks-ai-bridge#446]).
    /// </summary>
    private long? Input()
    {
        var prompt = this[UsageCount.Prompt];
        var cached = (this[UsageCount.CacheRead] ?? 0) + (this[UsageCount.CacheCreation] ?? 0);
        if (prompt is null || cached == 0 || this[UsageCount.CachedInPrompt] is not null)
        {
            return prompt;
        }

        var isInTotal = this[UsageCount.Completion] is { } completion && this[UsageCount.Total] == prompt + cached + completion;
        return cached > prompt || isInTotal ? prompt + cached : prompt;
    }

    private bool IsAnyGiven()
    {
        foreach (var count in _counts)
        {
            if (count is not null)
            {
                return true;
            }
        }

        return _others is not null;
    }

    [InlineArray((int)UsageCount.CacheCreation + 1)]
    private struct Counts
    {
        private long? _first;
    }
}

/// <summary>The token counts that services agree on, in the order of <see cref="UsageFromWire"/>.</summary>
internal enum UsageCount
{
    Prompt,
    Completion,
    Total,
    Reasoning,

    /// <summary>Prompt tokens that were read from the cache.</summary>
    CachedInPrompt,

    /// <summary>Tokens read from the cache, under the name of Claude.</summary>
    CacheRead,

    /// <summary>Tokens written to the cache, under the name of Claude.</summary>
    CacheCreation,
}
