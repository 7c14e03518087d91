using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Connectors.Databricks.Diagnostics;

/// <summary>
/// The activity source and the instruments, named as docs/observability.md lists them. Nothing is computed without a listener, and they
/// contain no sensitive data.
/// </summary>
internal static class ServingTelemetry
{
    public const string Name = "Connectors.Databricks";

    public const string EndpointTag = "databricks.endpoint";
    public const string OperationTag = "databricks.operation";
    public const string OutcomeTag = "databricks.outcome";
    public const string AuthTypeTag = "databricks.auth_type";

    public const string PhaseTag = "databricks.policy_phase";
    public const string ErrorTypeTag = "error.type";

    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    public static readonly Histogram<double> AttemptDuration = Meter.CreateHistogram<double>(
        "databricks.serving.attempt.duration", "s", "Time of one attempt until its headers arrived, or until it failed.");

    public static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "databricks.serving.retries", "{retry}", "Calls that were retried.");

    public static readonly Counter<long> Throttled = Meter.CreateCounter<long>(
        "databricks.serving.throttled", "{response}", "Responses with status 429.");

    public static readonly Histogram<double> QueueWait = Meter.CreateHistogram<double>(
        "databricks.serving.queue.wait", "s", "Time an attempt waited for a lease of the rate limiter.");

    public static readonly Histogram<double> FirstEvent = Meter.CreateHistogram<double>(
        "databricks.serving.stream.first_event", "s", "Time from sending a call to the first event of its stream.");

    public static readonly Histogram<double> StreamGap = Meter.CreateHistogram<double>(
        "databricks.serving.stream.gap", "s", "Time that a stream kept its reader waiting between two pieces.");

    public static readonly Histogram<double> TokenDuration = Meter.CreateHistogram<double>(
        "databricks.auth.token.duration", "s", "Time it took to get a token, or to fail.");

    public static readonly Counter<long> Fallbacks = Meter.CreateCounter<long>(
        "databricks.serving.fallbacks", "{hop}", "Moves from one endpoint to the next of a list.");

    public static readonly Counter<long> PolicyDenials = Meter.CreateCounter<long>(
        "databricks.serving.policy_denials", "{denial}", "Calls that a service policy of Unity Gateway denied.");
}
