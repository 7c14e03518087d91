using System.Diagnostics;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Transport;

/// <summary>Measures attempts for those who listen; a call that nobody listens to does not come here.</summary>
internal static class AttemptWatch
{
    public static bool IsWatched => ServingTelemetry.Activities.HasListeners() || ServingTelemetry.AttemptDuration.Enabled;

    public static async Task<HttpResponseMessage> SendAsync(
        ServingCall call, int attempt, TimeProvider clock, Func<Task<HttpResponseMessage>> send)
    {
        var started = clock.GetTimestamp();
        using var activity = ServingTelemetry.Activities.StartActivity("databricks.attempt");
        activity?.SetTag(ServingTelemetry.EndpointTag, call.Target)
            .SetTag(ServingTelemetry.OperationTag, Operation(call))
            .SetTag("databricks.attempt", attempt)
            .SetTag("http.request.method", call.Method.Method);
        var outcome = "cancelled";
        try
        {
            var response = await send().ConfigureAwait(false);
            outcome = Number((int)response.StatusCode);
            activity?.SetTag("http.response.status_code", (int)response.StatusCode)
                .SetTag("databricks.request_id", ReplyHeaders.RequestId(response.Headers))
                .SetStatus(response.IsSuccessStatusCode ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
            return response;
        }
        catch (DatabricksServingException failure)
        {
            outcome = failure.InnerException is TimeoutException ? "timeout"
                : RetryPipeline.NeverLeft(failure.HttpRequestError) ? "no_connection" : "no_answer";
            activity?.SetTag("error.type", outcome).SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            ServingTelemetry.AttemptDuration.Record(
                clock.GetElapsedTime(started).TotalSeconds,
                new(ServingTelemetry.EndpointTag, call.Target),
                new(ServingTelemetry.OperationTag, Operation(call)),
                new(ServingTelemetry.OutcomeTag, outcome));
        }
    }

    /// <summary>A word for the kind of call: a sentence names endpoints, and would make a series of each.</summary>
    public static string Operation(ServingCall call) => call.IsSentence ? "Management" : call.Operation;

    private static string Number(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
