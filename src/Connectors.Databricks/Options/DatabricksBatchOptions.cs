namespace Connectors.Databricks;

/// <summary>Options of a batch. Copied when the batch starts.</summary>
public sealed class DatabricksBatchOptions
{
    /// <summary>16: a pay-per-token endpoint accepts it, and a 429 reduces it.</summary>
    internal const int DefaultMaxConcurrentRequests = 16;

    /// <summary>1,000: a response that takes a minute does not stop the others, and chat responses of this number need a few MB.</summary>
    internal const int DefaultMaxBufferedResults = 1_000;

    private const int MostConcurrentRequests = 10_000;
    private const int MostBufferedResults = 1_000_000;

    /// <summary>One second: little is lost in a power failure, and a disk syncs much faster.</summary>
    internal static readonly TimeSpan DefaultCheckpointFlushInterval = TimeSpan.FromSeconds(1);

    /// <summary>One second: frequent enough for a display.</summary>
    internal static readonly TimeSpan DefaultProgressInterval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Gets or sets the maximum number of concurrent requests. A 429 response halves the concurrency limit of the batch, down to 1; each
    /// round of requests without one raises it by one, up to this number.
    /// </summary>
    /// <value>Default: 16. At most 10,000.</value>
    public int MaxConcurrentRequests { get; set; } = DefaultMaxConcurrentRequests;

    /// <summary>
    /// Gets or sets a value indicating whether results are returned in the order of the requests. Otherwise they are returned as they
    /// complete.
    /// </summary>
    /// <value>Default: <see langword="false"/>, because one slow request then delays no result.</value>
    public bool PreserveOrder { get; set; }

    /// <summary>
    /// Gets or sets the maximum number of results that are complete and not yet read. When it is reached, no further request is sent, so
    /// that memory is bounded when results are read slowly, or when <see cref="PreserveOrder"/> waits for a slow request.
    /// </summary>
    /// <value>Default: 1,000. At most 1,000,000.</value>
    public int MaxBufferedResults { get; set; } = DefaultMaxBufferedResults;

    /// <summary>
    /// Gets or sets the path of the checkpoint: a file in JSON Lines format to which each result is appended. When the file exists, its
    /// results are returned without a request, so that a batch that was interrupted continues. The file contains responses and no requests;
    /// on Unix only its owner can read it.
    /// </summary>
    /// <value>Default: <see langword="null"/>, no checkpoint.</value>
    public string? CheckpointPath { get; set; }

    /// <summary>
    /// Gets or sets the interval at which the checkpoint is flushed to the disk (<c>fsync</c>). Results are written at once, so a process
    /// that is killed loses none; a power failure loses at most the results of this interval.
    /// </summary>
    /// <value>Default: 1 second. <see cref="Timeout.InfiniteTimeSpan"/> flushes only at the end.</value>
    public TimeSpan CheckpointFlushInterval { get; set; } = DefaultCheckpointFlushInterval;

    /// <summary>
    /// Gets or sets a value indicating whether requests that failed in an earlier run, according to the checkpoint, are sent again.
    /// Otherwise their errors are returned. An agent may have run its tools before it failed, and runs them again.
    /// </summary>
    /// <value>Default: <see langword="false"/>, because the service may have billed the request.</value>
    public bool RetryFailedRequests { get; set; }

    /// <summary>Gets or sets the receiver of the progress. An exception that it throws ends the batch.</summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    public IProgress<DatabricksBatchProgress>? Progress { get; set; }

    /// <summary>Gets or sets the interval at which progress is reported. It is reported once more at the end.</summary>
    /// <value>Default: 1 second.</value>
    public TimeSpan ProgressInterval { get; set; } = DefaultProgressInterval;

    /// <summary>Gets or sets the number of requests, from which the remaining time is estimated.</summary>
    /// <value>Default: <see langword="null"/>, the length of the requests when they are a collection, and otherwise unknown.</value>
    public long? TotalRequests { get; set; }

    /// <summary>Gets or sets the options of the chat client.</summary>
    /// <value>Default: <see langword="null"/>, <see cref="DatabricksServingOptions.Chat"/>.</value>
    public DatabricksChatOptions? Chat { get; set; }

    /// <summary>Gets or sets the options of the embedding generator.</summary>
    /// <value>Default: <see langword="null"/>, the defaults of <see cref="DatabricksEmbeddingOptions"/>.</value>
    public DatabricksEmbeddingOptions? Embeddings { get; set; }

    /// <summary>Validates and copies the options.</summary>
    /// <exception cref="ArgumentException">An option is invalid; the message contains its name.</exception>
    internal DatabricksBatchOptions CopyValidated()
    {
        RequireBetween(MaxConcurrentRequests, 1, MostConcurrentRequests, nameof(MaxConcurrentRequests));
        RequireBetween(MaxBufferedResults, 0, MostBufferedResults, nameof(MaxBufferedResults));
        RequireInterval(CheckpointFlushInterval, nameof(CheckpointFlushInterval));
        RequireInterval(ProgressInterval, nameof(ProgressInterval));
        if (TotalRequests < 0)
        {
            throw new ArgumentException($"{nameof(TotalRequests)} is {TotalRequests}. Use 0 or more, or null when it is unknown.");
        }

        if (CheckpointPath is not null && string.IsNullOrWhiteSpace(CheckpointPath))
        {
            throw new ArgumentException($"{nameof(CheckpointPath)} is '{CheckpointPath}'. Use the path of a file, or null for none.");
        }

        var copy = (DatabricksBatchOptions)MemberwiseClone();
        copy.Chat = Chat?.CopyValidated();
        copy.Embeddings = Embeddings?.CopyValidated();
        return copy;
    }

    private static void RequireBetween(int value, int least, int most, string name)
    {
        if (value < least || value > most)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} is {value}. Use {least} to {most:N0}."));
        }
    }

    // A timer of .NET counts 32 bits of milliseconds.
    private static void RequireInterval(TimeSpan value, string name)
    {
        if (value != Timeout.InfiniteTimeSpan && (value < TimeSpan.FromMilliseconds(1) || value > TimeSpan.FromDays(49)))
        {
            throw new ArgumentException($"{name} is {value}. Use 1 millisecond to 49 days, or Timeout.InfiniteTimeSpan.");
        }
    }
}
