namespace Connectors.Databricks.AspNetCore.Routing;

/// <summary>Rejects invalid options when routes are added. The messages contain the name of the option.</summary>
/// <param name="type">The name of the type of the options.</param>
internal readonly struct OptionsValidation(string type)
{
    private readonly string _type = type;

    /// <exception cref="ArgumentException">The option is invalid.</exception>
    public void Require(bool isValid, string option, string why)
    {
        if (!isValid)
        {
            throw new ArgumentException($"{_type}.{option} {why}.", option);
        }
    }

    public void RequirePositive(long value, string option) => Require(value > 0, option, "must be above 0");

    public void RequireEndpoints(ISet<string> names, bool allowsAny, string option, string alternative)
    {
        Require(
            allowsAny || names.Count > 0, option, $"is empty. Add the endpoints that clients may use, or set {alternative}");
        Require(names.All(name => !string.IsNullOrWhiteSpace(name)), option, "contains an empty name");
    }

    public void RequireInterval(TimeSpan interval, string option) => Require(
        IsInterval(interval), option, "must be at least one millisecond and below 49 days");

    public void RequireGracePeriod(TimeSpan period, string option) => Require(
        period == TimeSpan.Zero || period == Timeout.InfiniteTimeSpan || IsInterval(period), option,
        "must be zero, Timeout.InfiniteTimeSpan, or at least one millisecond and below 49 days");

    // What a timer supports.
    private static bool IsInterval(TimeSpan interval) => interval.TotalMilliseconds is >= 1 and < uint.MaxValue - 1;
}
