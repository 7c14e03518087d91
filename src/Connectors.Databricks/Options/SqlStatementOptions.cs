namespace Connectors.Databricks;

/// <summary>Configures a <see cref="SqlStatementClient"/>.</summary>
public sealed class SqlStatementOptions
{
    /// <summary>The shortest wait that the service accepts, other than none.</summary>
    internal static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait that the service accepts.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(50);

    /// <summary>The maximum number of query tags that the service accepts.</summary>
    internal const int MaxQueryTags = 20;

    /// <summary>Gets or sets the catalog of tables that a statement names without one.</summary>
    /// <value>Default: the default catalog of the warehouse.</value>
    public string? Catalog { get; set; }

    /// <summary>Gets or sets the schema of tables that a statement names without one.</summary>
    /// <value>Default: the default schema of the warehouse.</value>
    public string? Schema { get; set; }

    /// <summary>
    /// Gets or sets how long the service holds the response to a new statement until it has a result: zero, or 5 to 50 seconds.
    /// </summary>
    /// <value>
    /// Default: zero. The service responds with the id of the statement at once, without which it cannot be canceled.
    /// </value>
    public TimeSpan WaitTimeout { get; set; }

    /// <summary>Gets or sets the delay before the first poll for a result, which doubles up to <see cref="MaxPollInterval"/>.</summary>
    /// <value>Default: 0.1 seconds, so that short statements return quickly.</value>
    public TimeSpan MinPollInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Gets or sets the longest delay between two polls.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan MaxPollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Gets or sets a value indicating whether results are read from cloud storage by presigned links, without the limit of 25 MiB. The
    /// app must be able to reach the storage.
    /// </summary>
    /// <value>Default: <see langword="false"/>; larger results fail.</value>
    public bool UseExternalLinks { get; set; }

    /// <summary>Gets or sets the maximum number of rows of a result, or <see langword="null"/> for all.</summary>
    /// <value>Default: all.</value>
    public long? RowLimit { get; set; }

    /// <summary>Gets or sets tags of the statements, for the query history: at most 20.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyDictionary<string, string>? QueryTags { get; set; }

    internal SqlStatementOptions CopyValidated()
    {
        if (WaitTimeout != TimeSpan.Zero && (WaitTimeout < ShortestWait || WaitTimeout > LongestWait))
        {
            throw new ArgumentException($"{nameof(WaitTimeout)} is {WaitTimeout}. Set zero, or 5 to 50 seconds.", nameof(WaitTimeout));
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MinPollInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPollInterval, MinPollInterval);
        if (RowLimit is { } limit)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(RowLimit));
        }

        if (QueryTags?.Count > MaxQueryTags)
        {
            throw new ArgumentException($"There are {QueryTags.Count} query tags. The service accepts {MaxQueryTags}.", nameof(QueryTags));
        }

        var copy = (SqlStatementOptions)MemberwiseClone();
        copy.QueryTags = QueryTags is null ? null : new Dictionary<string, string>(QueryTags, StringComparer.Ordinal);
        return copy;
    }
}
