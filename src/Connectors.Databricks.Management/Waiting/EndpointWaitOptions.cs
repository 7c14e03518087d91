namespace Connectors.Databricks.Management;

/// <summary>Configures how to wait for an endpoint.</summary>
public sealed class EndpointWaitOptions
{
    /// <summary>45 minutes: longer than the service's own limit for a deployment on CPUs (30), and the default of Terraform.</summary>
    internal static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(45);

    /// <summary>One second, then one more each time, as in Databricks' own SDKs.</summary>
    internal static readonly TimeSpan DefaultPollInterval = TimeSpan.FromSeconds(1);

    /// <summary>Ten seconds, as in Databricks' own SDKs.</summary>
    internal static readonly TimeSpan DefaultMaxPollInterval = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the timeout of the wait. A deployment on large GPUs may take two hours.</summary>
    /// <value>Default: 45 minutes. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> disables it.</value>
    public TimeSpan Timeout { get; set; } = DefaultTimeout;

    /// <summary>Gets or sets the delay before the second poll; it grows by as much with each poll, with jitter.</summary>
    /// <value>Default: 1 second.</value>
    public TimeSpan PollInterval { get; set; } = DefaultPollInterval;

    /// <summary>Gets or sets the maximum delay between two polls.</summary>
    /// <value>Default: 10 seconds.</value>
    public TimeSpan MaxPollInterval { get; set; } = DefaultMaxPollInterval;

    /// <summary>Gets or sets the receiver of the result of each poll.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public IProgress<EndpointWaitProgress>? Progress { get; set; }

    internal EndpointWaitOptions CopyValidated(string parameter)
    {
        RequirePositive(PollInterval, nameof(PollInterval), parameter);
        RequirePositive(MaxPollInterval, nameof(MaxPollInterval), parameter);
        if (Timeout != System.Threading.Timeout.InfiniteTimeSpan)
        {
            RequirePositive(Timeout, nameof(Timeout), parameter);
        }

        return (EndpointWaitOptions)MemberwiseClone();
    }

    private static void RequirePositive(TimeSpan value, string name, string parameter)
    {
        if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(49))
        {
            throw new ArgumentException($"{name} is {value}. Use a positive time of at most 49 days.", parameter);
        }
    }
}
