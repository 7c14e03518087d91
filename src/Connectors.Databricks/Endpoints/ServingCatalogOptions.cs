namespace Connectors.Databricks.Endpoints;

/// <summary>How long a <see cref="ServingCatalog"/> keeps what it has read.</summary>
public sealed class ServingCatalogOptions
{
    /// <summary>
    /// How long what was read counts as fresh. Afterwards it is given out all the same while it is read anew in the background.
    /// </summary>
    /// <value>Default: 5 minutes.</value>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// From which age on a caller waits for the new reading. When that fails, the old one is given out still, with its age and the failure.
    /// </summary>
    /// <value>Default: 1 hour.</value>
    public TimeSpan WaitBeyond { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long nothing is read after a failure, so that a service in trouble is left alone.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan RetryAfterFailure { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether each endpoint is also read in full, with a call of its own: its list entry has neither deployment states nor sizes.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool ReadDetails { get; set; }

    /// <summary>How many endpoints are read in full at once.</summary>
    /// <value>Default: 8.</value>
    public int MaxConcurrentReads { get; set; } = 8;

    internal ServingCatalogOptions CopyValidated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(TimeToLive, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(WaitBeyond, TimeToLive);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryAfterFailure, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrentReads, 1);
        return (ServingCatalogOptions)MemberwiseClone();
    }
}
