using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Agents;

/// <summary>Log messages of agents. Never prompts or responses.</summary>
internal static partial class AgentLog
{
    [LoggerMessage(120, LogLevel.Debug, "The stream of run '{RunId}' of agent '{AgentName}' broke: {Reason}")]
    public static partial void StreamBroke(ILogger logger, string agentName, string runId, string reason);

    [LoggerMessage(121, LogLevel.Debug, "The stream of run '{RunId}' of agent '{AgentName}' is opened again after {Delay}.")]
    public static partial void Reopening(ILogger logger, string agentName, string runId, TimeSpan delay);

    [LoggerMessage(
        122, LogLevel.Warning, "Run '{RunId}' of agent '{AgentName}' goes on after the cancellation: the server has no cancel.")]
    public static partial void RunGoesOn(ILogger logger, string agentName, string runId);

    [LoggerMessage(
        124, LogLevel.Warning,
        "A request to agent '{AgentName}' was canceled. If it was received, the run goes on: the server has no cancel.")]
    public static partial void RequestCanceled(ILogger logger, string agentName);

    [LoggerMessage(123, LogLevel.Debug, "Agent '{AgentName}' has the protocol {Protocol}.")]
    public static partial void ProtocolFound(ILogger logger, string agentName, string protocol);
}
