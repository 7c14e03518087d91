namespace Connectors.Databricks;

/// <summary>
/// How much this client asks of one endpoint at a time. Calls beyond it wait their turn, first come first served; the wait counts against
/// <see cref="DatabricksServingOptions.RequestTimeout"/> and ends when the call is cancelled. Each endpoint has limits of its own, and
/// management calls have none.
/// </summary>
public sealed class DatabricksCallLimits
{
    /// <summary>A thousand: more waiting calls than this mean that work comes in faster than it can ever be done.</summary>
    internal const int DefaultMaxQueuedCalls = 1000;

    /// <summary>Creates limits that limit nothing.</summary>
    public DatabricksCallLimits()
    {
    }

    private DatabricksCallLimits(DatabricksCallLimits other)
    {
        MaxConcurrentCalls = other.MaxConcurrentCalls;
        MaxCallsPerSecond = other.MaxCallsPerSecond;
        AdaptsToThrottling = other.AdaptsToThrottling;
        MaxQueuedCalls = other.MaxQueuedCalls;
    }

    /// <summary>The most calls to an endpoint at once; a stream counts until it is read to its end or left.</summary>
    /// <value>Default: <see langword="null"/>, no limit.</value>
    public int? MaxConcurrentCalls { get; set; }

    /// <summary>The most calls to an endpoint per second, in the long run; a second's worth of them may go at once.</summary>
    /// <value>Default: <see langword="null"/>, no limit. 0.5 is one call every two seconds.</value>
    public double? MaxCallsPerSecond { get; set; }

    /// <summary>
    /// Whether an answer of 429 halves <see cref="MaxConcurrentCalls"/> for its endpoint, down to 1. It climbs back by one for each round of
    /// calls that were not throttled. It has no effect without <see cref="MaxConcurrentCalls"/>.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool AdaptsToThrottling { get; set; } = true;

    /// <summary>The most calls that wait for one endpoint; the next one fails at once.</summary>
    /// <value>Default: 1,000.</value>
    public int MaxQueuedCalls { get; set; } = DefaultMaxQueuedCalls;

    internal bool LimitAnything => MaxConcurrentCalls is not null || MaxCallsPerSecond is not null;

    /// <exception cref="ArgumentException">A limit makes no sense.</exception>
    internal DatabricksCallLimits CopyValidated()
    {
        var copy = new DatabricksCallLimits(this);
        Require(copy.MaxConcurrentCalls is null or > 0, nameof(MaxConcurrentCalls), copy.MaxConcurrentCalls, "a positive number");
        Require(copy.MaxCallsPerSecond is null or (> 0 and <= 1_000_000), nameof(MaxCallsPerSecond), copy.MaxCallsPerSecond, "from above 0 to 1,000,000");
        Require(copy.MaxQueuedCalls >= 0, nameof(MaxQueuedCalls), copy.MaxQueuedCalls, "0 or more");
        return copy;
    }

    private static void Require(bool holds, string name, object? value, string wanted)
    {
        if (!holds)
        {
            throw new ArgumentException($"{nameof(DatabricksServingOptions.CallLimits)}.{name} is {value}. It must be {wanted}.");
        }
    }
}
