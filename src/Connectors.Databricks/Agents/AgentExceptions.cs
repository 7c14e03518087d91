using System.Net;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Agents;

/// <summary>Creates the exceptions of runs.</summary>
internal static class AgentExceptions
{
    /// <summary>A failed run, from the error that the server reported. It is never transient: tools may have acted.</summary>
    public static DatabricksServingException RunFailed(ServingCall call, DatabricksServingException reported)
    {
        var isOfAgent = reported.Kind != DatabricksServingErrorKind.ToolLoginRequired
            && reported.Kind != DatabricksServingErrorKind.Guardrail;
        return !isOfAgent ? reported : new(call.Redaction, new ServingFailure
        {
            Kind = DatabricksServingErrorKind.AgentRunFailed,
            Message = ServingExceptions.Message(call, "the run failed", reported, AgentHints.ForFailure(reported.ErrorCode)),
            Inner = reported.InnerException,
            StatusCode = HttpStatusCode.OK,
            ErrorCode = reported.ErrorCode,
            ServiceMessage = reported.ServiceMessage,
            RequestId = reported.RequestId,
            EndpointName = call.Target,
        });
    }

    /// <summary>The stream of a run could not be read to its end; the run itself goes on.</summary>
    public static DatabricksServingException Interrupted(ServingCall call, string what, Exception? inner) =>
        new(call.Redaction, new ServingFailure
        {
            Kind = DatabricksServingErrorKind.Interrupted,
            Message = $"{call} failed: {what}. The run goes on: continue with the continuation token of the last update.",
            Inner = inner,
            EndpointName = call.Target,
            IsTransient = true,
        });

    /// <summary>Another request uses the session.</summary>
    public static InvalidOperationException SessionBusy(string agent, string session, string? runId) => new(
        $"Conversation '{session}' of agent '{agent}' has a run in progress{(runId is null ? string.Empty : $" ('{runId}')")}, and a " +
        "session runs one request at a time. " + (runId is null
            ? "Wait for its response."
            : "Poll it with its continuation token, or use another ChatOptions.ConversationId."));

    /// <summary>The caller's cancellation. Servers of agents have no cancel, so the message describes what happens to the run.</summary>
    public static OperationCanceledException Canceled(
        string agent, string? runId, OperationCanceledException inner, CancellationToken token) =>
        new(
            runId is null
                ? $"The request to agent '{agent}' was canceled. If it was received, the run goes on: the server has no cancel."
                : $"Reading run '{runId}' of agent '{agent}' was canceled. The run goes on: the server has no cancel.",
            inner,
            token);
}
