using System.Diagnostics.Metrics;

namespace Connectors.Databricks.Diagnostics;

/// <summary>
/// The one place that records measurements: every tag value comes from a bounded set. Nothing is computed without a listener.
/// </summary>
internal static class Measurements
{
    /// <summary>Series multiply by operations and outcomes; OpenTelemetry keeps 2,000 of them per instrument.</summary>
    private const int MaxEndpoints = 200;

    private const int MaxOperations = 32;

    // Per process, as the instruments are.
    private static readonly BoundedNames Endpoints = new(MaxEndpoints);
    private static readonly BoundedNames Operations = new(MaxOperations);

    public static void Attempt(TimeSpan duration, string? endpointName, string operation, string outcome)
    {
        if (ServingTelemetry.AttemptDuration.Enabled)
        {
            ServingTelemetry.AttemptDuration.Record(duration.TotalSeconds, Endpoint(endpointName), Operation(operation), Outcome(outcome));
        }
    }

    /// <param name="endpointName">The endpoint.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="outcome">The outcome, without the error code.</param>
    /// <param name="errorCode">The error code of the service; null when there is none.</param>
    public static void Retry(string? endpointName, string operation, string outcome, string? errorCode)
    {
        if (ServingTelemetry.Retries.Enabled)
        {
            var why = errorCode is null ? outcome : $"{outcome} {KnownErrorCodes.OrOther(errorCode)}";
            ServingTelemetry.Retries.Add(1, Endpoint(endpointName), Operation(operation), Outcome(why));
        }
    }

    public static void Throttled(string? endpointName)
    {
        if (ServingTelemetry.Throttled.Enabled)
        {
            ServingTelemetry.Throttled.Add(1, Endpoint(endpointName));
        }
    }

    public static void Fallback(string endpointName)
    {
        if (ServingTelemetry.Fallbacks.Enabled)
        {
            ServingTelemetry.Fallbacks.Add(1, Endpoint(endpointName));
        }
    }

    /// <summary>A denial by a service policy; its name and its reason are not recorded.</summary>
    public static void PolicyDenied(string? endpointName, string? phase)
    {
        if (ServingTelemetry.PolicyDenials.Enabled)
        {
            ServingTelemetry.PolicyDenials.Add(
                1, Endpoint(endpointName),
                new KeyValuePair<string, object?>(ServingTelemetry.PhaseTag, phase is "pre_call" or "post_call" ? phase : "other"),
                new KeyValuePair<string, object?>(ServingTelemetry.ErrorTypeTag, "service_policy"));
        }
    }

    /// <summary>Records a duration that has the endpoint as its only tag.</summary>
    public static void Duration(Histogram<double> histogram, TimeSpan duration, string? endpointName)
    {
        if (histogram.Enabled)
        {
            histogram.Record(duration.TotalSeconds, Endpoint(endpointName));
        }
    }

    public static void Token(TimeSpan duration, string authType, string outcome) =>
        ServingTelemetry.TokenDuration.Record(duration.TotalSeconds, new(ServingTelemetry.AuthTypeTag, authType), Outcome(outcome));

    private static KeyValuePair<string, object?> Endpoint(string? name) =>
        new(ServingTelemetry.EndpointTag, name is null ? null : Endpoints.Get(name));

    private static KeyValuePair<string, object?> Operation(string operation) =>
        new(ServingTelemetry.OperationTag, Operations.Get(operation));

    private static KeyValuePair<string, object?> Outcome(string outcome) => new(ServingTelemetry.OutcomeTag, outcome);
}
