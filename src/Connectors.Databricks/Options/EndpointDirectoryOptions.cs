namespace Connectors.Databricks;

/// <summary>Configures the cache of an <see cref="EndpointDirectory"/>.</summary>
public sealed class EndpointDirectoryOptions
{
    /// <summary>
    /// Gets or sets how long a snapshot is fresh. An older one is still returned while it is refreshed in the
    /// background.
    /// </summary>
    /// <value>Default: 5 minutes.</value>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Gets or sets the age from which callers wait for the refresh. If it fails, the old snapshot is returned with its age and the
    /// failure.
    /// </summary>
    /// <value>Default: 1 hour.</value>
    public TimeSpan WaitBeyond { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how long no refresh is attempted after a failure.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan RetryAfterFailure { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gets or sets a value indicating whether the full document of each endpoint is read, with a request for each: lists contain neither
    /// deployment states nor sizes.
    /// </summary>
    /// <value>Default: <see langword="false"/>, because it costs one extra request per endpoint.</value>
    public bool ReadDetails { get; set; }

    /// <summary>Gets or sets the maximum number of concurrent requests for full documents.</summary>
    /// <value>Default: 8.</value>
    public int MaxConcurrentReads { get; set; } = 8;

    /// <summary>
    /// Gets or sets the schemas whose model services are listed, such as <c>system.ai</c>; an empty list leaves model services out.
    /// </summary>
    /// <value>
    /// Default: <see langword="null"/>, every schema that the token can see. Name the schemas in a metastore with hundreds of model
    /// services,
    /// where listing all of them takes a minute.
    /// </value>
    public IReadOnlyList<string>? ModelServiceSchemas { get; set; }

    internal EndpointDirectoryOptions CopyValidated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(TimeToLive, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(WaitBeyond, TimeToLive);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryAfterFailure, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrentReads, 1);
        if (ModelServiceSchemas?.FirstOrDefault(schema => schema?.Split('.') is not [{ Length: > 0 }, { Length: > 0 }]) is { } wrong)
        {
            throw new ArgumentException($"'{wrong}' is not a schema, such as system.ai.", nameof(ModelServiceSchemas));
        }

        var copy = (EndpointDirectoryOptions)MemberwiseClone();
        copy.ModelServiceSchemas = ModelServiceSchemas is null ? null : [.. ModelServiceSchemas];
        return copy;
    }
}
