using System.Text.Json;
using Connectors.Databricks.Endpoints.Listing;

namespace Connectors.Databricks.Endpoints;

/// <summary>The endpoints of a workspace as they were read at one moment.</summary>
public sealed class ServingCatalogSnapshot
{
    private readonly Dictionary<string, CatalogEntry> _byName;

    /// <summary>Creates a snapshot; for tests of your own.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="readAt">When they were read.</param>
    /// <param name="age">How long ago that was.</param>
    /// <param name="failure">Why there is no newer one.</param>
    public ServingCatalogSnapshot(
        IReadOnlyList<CatalogEntry> entries, DateTimeOffset readAt, TimeSpan age = default, Exception? failure = null)
        : this(entries, IndexOf(entries), readAt, age, failure)
    {
    }

    private ServingCatalogSnapshot(
        IReadOnlyList<CatalogEntry> entries,
        Dictionary<string, CatalogEntry> byName,
        DateTimeOffset readAt,
        TimeSpan age,
        Exception? failure)
    {
        Entries = entries;
        _byName = byName;
        ReadAt = readAt;
        Age = age;
        Failure = failure;
    }

    /// <summary>Every endpoint, in the service's order.</summary>
    public IReadOnlyList<CatalogEntry> Entries { get; }

    /// <summary>When they were read.</summary>
    public DateTimeOffset ReadAt { get; }

    /// <summary>How long ago that was when the snapshot was given out.</summary>
    public TimeSpan Age { get; }

    /// <summary>Why there is no newer one; <see langword="null"/> when the last reading went well.</summary>
    public Exception? Failure { get; }

    /// <summary>Finds an endpoint.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <returns>The entry, or <see langword="null"/> when there was none of that name.</returns>
    public CatalogEntry? Find(string endpointName)
    {
        ArgumentNullException.ThrowIfNull(endpointName);
        return _byName.GetValueOrDefault(endpointName);
    }

    /// <summary>Picks the endpoints that a filter lets through.</summary>
    /// <param name="filter">What is wanted.</param>
    /// <returns>The entries, in the service's order.</returns>
    public IReadOnlyList<CatalogEntry> Where(CatalogFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return [.. Entries.Where(filter.Matches)];
    }

    /// <summary>
    /// Writes the entries in the shape of LiteLLM's <c>model_hub</c>: a list of objects with <c>model_group</c> (<c>databricks/</c> and the
    /// endpoint's name), <c>providers</c>, <c>mode</c>, <c>max_input_tokens</c>, <c>max_output_tokens</c> and <c>supports_…</c>. Prices are
    /// left out, for the service does not tell them; so are models that are no language models.
    /// </summary>
    /// <param name="writer">Where to; the caller flushes it.</param>
    public void WriteModelHub(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ModelHubToJson.Write(writer, Entries);
    }

    /// <summary>The entries in the shape of LiteLLM's <c>model_hub</c>; see <see cref="WriteModelHub"/>.</summary>
    /// <returns>A JSON text.</returns>
    public string ToModelHubJson() => ModelHubToJson.Text(Entries);

    internal ServingCatalogSnapshot At(TimeSpan age, Exception? failure) => new(Entries, _byName, ReadAt, age, failure);

    private static Dictionary<string, CatalogEntry> IndexOf(IReadOnlyList<CatalogEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var byName = new Dictionary<string, CatalogEntry>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            byName.TryAdd(entry.Name, entry);
        }

        return byName;
    }
}
