using System.Diagnostics;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport.Resilience;

namespace Connectors.Databricks.Transport;

/// <summary>The activity and the duration of one attempt; created only when there is a listener for one of them.</summary>
internal sealed class AttemptTelemetry : IDisposable
{
    private readonly ServingCall _call;
    private readonly TimeProvider _timeProvider;
    private readonly long _started;
    private readonly Activity? _activity;
    private string _outcome = "canceled";

    private AttemptTelemetry(ServingCall call, int attempt, TimeProvider timeProvider)
    {
        _call = call;
        _timeProvider = timeProvider;
        _started = timeProvider.GetTimestamp();
        _activity = ServingTelemetry.Activities.StartActivity("databricks.attempt");
        _activity.SetText(ServingTelemetry.EndpointTag, call.Target, call.Redaction)
            .SetText(ServingTelemetry.OperationTag, Operation(call), call.Redaction)
            .SetNumber("databricks.attempt", attempt)
            .SetText("http.request.method", call.Method.Method, call.Redaction);
    }

    /// <returns>The telemetry of an attempt that starts now; null when nothing listens.</returns>
    public static AttemptTelemetry? Start(ServingCall call, int attempt, TimeProvider timeProvider) =>
        ServingTelemetry.Activities.HasListeners() || ServingTelemetry.AttemptDuration.Enabled
            ? new AttemptTelemetry(call, attempt, timeProvider)
            : null;

    /// <summary>The kind of call as a tag: operations that name an endpoint would make a time series of each.</summary>
    public static string Operation(ServingCall call) =>
        call.IsStatement ? "Statement" : call.IsSentence ? "Management" : Kind(call.Operation);

    // Without the part of a batch and the served model: "Embedding of inputs 1 to 100", "Prediction by served model 'a'".
    private static string Kind(string operation)
    {
        var end = operation.IndexOf(' ', StringComparison.Ordinal);
        return end > 0 && operation.AsSpan(end) is [_, 'o', 'f', ' ', ..] or [_, 'b', 'y', ' ', ..] ? operation[..end] : operation;
    }

    public void OnResponse(HttpResponseMessage response)
    {
        _outcome = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (_activity is not null)
        {
            _activity.SetNumber("http.response.status_code", (int)response.StatusCode)
                .SetText("databricks.request_id", ReplyHeaders.RequestId(response.Headers), _call.Redaction);
            _activity.AddTraceLink(ReplyHeaders.TraceResponse(response.Headers));
            _activity.SetStatus(response.IsSuccessStatusCode ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        }
    }

    /// <summary>No response headers arrived, and the caller did not cancel.</summary>
    public void OnFailure(DatabricksServingException? failure, bool isTimeout)
    {
        _outcome = isTimeout || failure is { InnerException: TimeoutException } ? "timeout"
            : failure is not null && RetryRules.IsConnectionFailure(failure.HttpRequestError) ? "no_connection" : "no_answer";
        _activity.SetText("error.type", _outcome, _call.Redaction)?.SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose()
    {
        Measurements.Attempt(_timeProvider.GetElapsedTime(_started), _call.Target, Operation(_call), _outcome);
        _activity?.Dispose();
    }
}
