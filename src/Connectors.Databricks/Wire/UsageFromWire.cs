using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Wire;

/// <summary>
/// Collects token counts. A stream repeats them, cumulative and partly null, on every chunk: the last value of each field that is not
/// null counts, and nothing is ever added up (serving reference §5.2, §5.3).
/// </summary>
/// <param name="items">Counts the names that are kept, over the whole stream.</param>
internal sealed class UsageFromWire(ItemBudget items)
{
    /// <summary>Longer than the name of any group; it is repeated in front of each count inside.</summary>
    private const int LongestGroup = 256;

    private Counts _counts;
    private Dictionary<string, long>? _others;

    /// <summary>One of the counts that are known here; null when it did not come.</summary>
    public long? this[UsageCount count]
    {
        get => _counts[(int)count];
        set => _counts[(int)count] = value;
    }

    /// <summary>Which count the property is that the reader stands on, directly in a usage object; null for any other.</summary>
    public static UsageCount? CountOf(ref Utf8JsonReader reader) =>
        reader.Is("prompt_tokens"u8) || reader.Is("input_tokens"u8) ? UsageCount.Prompt :
        reader.Is("completion_tokens"u8) || reader.Is("output_tokens"u8) ? UsageCount.Completion :
        reader.Is("total_tokens"u8) ? UsageCount.Total :
        reader.Is("reasoning_tokens"u8) ? UsageCount.Reasoning :
        reader.Is("cache_read_input_tokens"u8) ? UsageCount.CacheRead :
        reader.Is("cache_creation_input_tokens"u8) ? UsageCount.CacheCreation :
        null;

    /// <summary>Which count the property is, in an object inside: prompt_tokens_details.cached_tokens, completion_tokens_details.reasoning_tokens.</summary>
    public static UsageCount? DetailOf(ref Utf8JsonReader reader) =>
        reader.Is("cached_tokens"u8) ? UsageCount.CachedInPrompt :
        reader.Is("reasoning_tokens"u8) ? UsageCount.Reasoning :
        null;

    /// <summary>The name of a count that is not known here, in an object inside; the reader stands on its property name.</summary>
    public static string NameIn(string group, ref Utf8JsonReader reader) => $"{group}.{reader.GetString()}";

    /// <summary>Whether an object inside may hold counts.</summary>
    public static bool IsGroup(string name) => name.Length <= LongestGroup;

    /// <summary>Sets a count of a provider's own.</summary>
    public void SetOther(string name, long count)
    {
        ref var value = ref CollectionsMarshal.GetValueRefOrAddDefault(_others ??= [], name, out var exists);
        if (!exists)
        {
            items.Spend();
        }

        value = count;
    }

    /// <summary>Reads a usage object; the reader stands on its property name.</summary>
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

    // What is known, and whatever else a provider counts.
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

    /// <summary>The counts in Microsoft.Extensions.AI's terms; null when the service gave none.</summary>
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

            // The total of the service is never replaced, and none is computed while a part of it is unknown.
            TotalTokenCount = total ?? input + completion,
            CachedInputTokenCount = this[UsageCount.CacheRead] ?? this[UsageCount.CachedInPrompt],
            ReasoningTokenCount = this[UsageCount.Reasoning],
        };
        if (this[UsageCount.CacheCreation] is { } creation)
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

    /// <summary>
    /// The input tokens, cached ones included. The cache counts of Claude are part of <c>prompt_tokens</c> as well, unless the numbers rule
    /// that out: they exceed it, or the total includes them on top ([issue databricks-ai-bridge#446]).
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

    /// <summary>Of the prompt's, those that were found in the cache.</summary>
    CachedInPrompt,

    /// <summary>Read from the cache, by the name of Claude.</summary>
    CacheRead,

    /// <summary>Written to the cache, by the name of Claude.</summary>
    CacheCreation,
}
