namespace Connectors.Databricks.Endpoints;

/// <summary>How long to wait for an endpoint, and how often to look.</summary>
public sealed record EndpointWaitOptions
{
    /// <summary>45 minutes: longer than the service itself gives a deployment on processors (30), and as long as Terraform waits.</summary>
    internal static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(45);

    /// <summary>One second, then one more each time: as Databricks' own SDKs wait.</summary>
    internal static readonly TimeSpan DefaultPollInterval = TimeSpan.FromSeconds(1);

    /// <summary>Ten seconds: as Databricks' own SDKs wait.</summary>
    internal static readonly TimeSpan DefaultMaxPollInterval = TimeSpan.FromSeconds(10);

    internal static readonly EndpointWaitOptions Default = new();

    /// <summary>The longest wait. Large GPUs may take two hours.</summary>
    /// <value>Default: 45 minutes. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> switches it off.</value>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>The time before the second look; it grows by as much with each look, with a little jitter.</summary>
    /// <value>Default: 1 second.</value>
    public TimeSpan PollInterval { get; init; } = DefaultPollInterval;

    /// <summary>The longest time between two looks.</summary>
    /// <value>Default: 10 seconds.</value>
    public TimeSpan MaxPollInterval { get; init; } = DefaultMaxPollInterval;

    /// <summary>Hears of each look.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public IProgress<EndpointWaitProgress>? Progress { get; init; }

    internal EndpointWaitOptions Validated(string parameter)
    {
        RequirePositive(PollInterval, nameof(PollInterval), parameter);
        RequirePositive(MaxPollInterval, nameof(MaxPollInterval), parameter);
        if (Timeout != System.Threading.Timeout.InfiniteTimeSpan)
        {
            RequirePositive(Timeout, nameof(Timeout), parameter);
        }

        return this;
    }

    private static void RequirePositive(TimeSpan value, string name, string parameter)
    {
        if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(49))
        {
            throw new ArgumentException($"{name} is {value}. Use a positive time of at most 49 days.", parameter);
        }
    }
}
