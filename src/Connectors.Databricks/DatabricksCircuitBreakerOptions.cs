namespace Connectors.Databricks;

/// <summary>
/// When to stop calling an endpoint that fails, and for how long. While the circuit is open, calls fail at once with an exception that
/// is <see cref="DatabricksServingException.IsTransient"/> and says so; then one call tries whether the endpoint is back. What counts is
/// trouble of the service: no connection, no answer, time-outs and statuses from 500; being throttled does not.
/// </summary>
public sealed class DatabricksCircuitBreakerOptions
{
    /// <summary>Creates options with every default.</summary>
    public DatabricksCircuitBreakerOptions()
    {
    }

    private DatabricksCircuitBreakerOptions(DatabricksCircuitBreakerOptions other)
    {
        FailureRatio = other.FailureRatio;
        MinimumCalls = other.MinimumCalls;
        SamplingDuration = other.SamplingDuration;
        BreakDuration = other.BreakDuration;
    }

    /// <summary>The share of failing attempts that opens the circuit, above 0 and up to 1.</summary>
    /// <value>Default: 0.5.</value>
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>How many attempts must have been made within <see cref="SamplingDuration"/> before their share says anything.</summary>
    /// <value>Default: 10.</value>
    public int MinimumCalls { get; set; } = 10;

    /// <summary>Over how long attempts are counted.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the circuit stays open before a call may try.</summary>
    /// <value>Default: 15 seconds.</value>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    internal DatabricksCircuitBreakerOptions CopyValidated()
    {
        var copy = new DatabricksCircuitBreakerOptions(this);
        Require(copy.FailureRatio is > 0 and <= 1, nameof(FailureRatio), copy.FailureRatio, "above 0 and up to 1");
        Require(copy.MinimumCalls >= 2, nameof(MinimumCalls), copy.MinimumCalls, "2 or more");
        Require(IsCountable(copy.SamplingDuration), nameof(SamplingDuration), copy.SamplingDuration, "from half a second to a day");
        Require(IsCountable(copy.BreakDuration), nameof(BreakDuration), copy.BreakDuration, "from half a second to a day");
        return copy;
    }

    private static bool IsCountable(TimeSpan time) => time >= TimeSpan.FromMilliseconds(500) && time <= TimeSpan.FromDays(1);

    private static void Require(bool holds, string name, object value, string wanted)
    {
        if (!holds)
        {
            throw new ArgumentException($"{nameof(DatabricksServingOptions.CircuitBreaker)}.{name} is {value}. It must be {wanted}.");
        }
    }
}
