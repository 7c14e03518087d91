using System.Diagnostics;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport.Resilience;

namespace Connectors.Databricks.Transport;

/// <summary>The activity and the duration of one attempt; created only when a listener wants one of them.</summary>
internal sealed class AttemptTelemetry : IDisposable
{
    private readonly ServingCall _call;
    private readonly TimeProvider _timeProvider;
    private readonly long _started;
    private readonly Activity? _activity;
    private string _outcome = "cancelled";

    private AttemptTelemetry(ServingCall call, int attempt, TimeProvider timeProvider)
    {
        _call = call;
        _timeProvider = timeProvider;
        _started = timeProvider.GetTimestamp();
        _activity = ServingTelemetry.Activities.StartActivity("databricks.attempt");
        _activity?.SetTag(ServingTelemetry.EndpointTag, call.Target)
            .SetTag(ServingTelemetry.OperationTag, Operation(call))
            .SetTag("databricks.attempt", attempt)
            .SetTag("http.request.method", call.Method.Method);
    }

    /// <returns>The telemetry of an attempt that starts now; null when nothing listens.</returns>
    public static AttemptTelemetry? Start(ServingCall call, int attempt, TimeProvider timeProvider) =>
        ServingTelemetry.Activities.HasListeners() || ServingTelemetry.AttemptDuration.Enabled
            ? new AttemptTelemetry(call, attempt, timeProvider)
            : null;

    /// <summary>The kind of call as a tag: operations that name an endpoint would make a time series of each.</summary>
    public static string Operation(ServingCall call) => call.IsSentence ? "Management" : call.Operation;

    public void OnResponse(HttpResponseMessage response)
    {
        _outcome = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        _activity?.SetTag("http.response.status_code", (int)response.StatusCode)
            .SetTag("databricks.request_id", ReplyHeaders.RequestId(response.Headers))
            .SetStatus(response.IsSuccessStatusCode ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
    }

    /// <summary>No response headers arrived, and the caller did not cancel.</summary>
    public void OnFailure(DatabricksServingException? failure, bool isTimeout)
    {
        _outcome = isTimeout || failure is { InnerException: TimeoutException } ? "timeout"
            : failure is not null && RetryStrategy.IsConnectionFailure(failure.HttpRequestError) ? "no_connection" : "no_answer";
        _activity?.SetTag("error.type", _outcome).SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose()
    {
        ServingTelemetry.AttemptDuration.Record(
            _timeProvider.GetElapsedTime(_started).TotalSeconds,
            new(ServingTelemetry.EndpointTag, _call.Target),
            new(ServingTelemetry.OperationTag, Operation(_call)),
            new(ServingTelemetry.OutcomeTag, _outcome));
        _activity?.Dispose();
    }
}
