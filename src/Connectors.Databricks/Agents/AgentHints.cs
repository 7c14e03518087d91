using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Agents;

/// <summary>Error hints of agents on Databricks Apps.</summary>
internal static class AgentHints
{
    /// <summary>The proxy of Databricks Apps ends every request after 120 seconds.</summary>
    public const string WhenCut =
        "The proxy of Databricks Apps ends requests after 120 seconds, and the run goes on without its response: use background " +
        "responses (ChatOptions.AllowBackgroundResponses). Tools of the agent may have acted, so check that before you run it again.";

    /// <summary>No response of a request that starts a run in the background: the server assigns its id, and lists no runs.</summary>
    public const string WhenUnknown =
        "The run may have started, and then goes on, but it cannot be continued: the response with its id did not arrive, or the server " +
        "of the agent has no database. It was not started again, because tools of the agent may act: check what they have changed " +
        "before you run it again.";

    private const string Login =
        "The app requires a login: it accepts OAuth tokens only, and this one is not valid for it. Personal access tokens are never " +
        "accepted. Use oauth-m2m (a service principal with CAN_USE on the app), databricks-cli or another OAuth authentication type of " +
        "this workspace.";

    public static string? ForLookup(int status, ServiceError error) => status switch
    {
        403 => "Ask for CAN_USE on the app, or pass its address to GetAgentClient.",
        404 => "Check the name against the Apps page of the workspace; GetAgentClient takes it as 'apps/<name>'.",
        _ => null,
    };

    public static string? ForRun(int status, ServiceError error) => status switch
    {
        _ when error.IsToolLogin => null,
        200 when error.IsHtml => Login,
        (>= 300 and < 400) or 401 => Login,
        403 => "Ask for CAN_USE on the app.",
        404 or 405 => "The app serves neither /responses nor /api/invocations: check that it hosts an agent, and that it is running.",
        409 => "A run with this id exists with another session or request.",
        501 => "The server of the agent has no database, so it does not store runs: a response cannot be continued.",
        502 or 503 => "Check that the app is running. The run was not retried, because tools of the agent may have acted.",
        504 => WhenCut,
        >= 500 => "See the logs of the app. The run was not retried, because tools of the agent may have acted.",
        _ => null,
    };

    /// <summary>As <see cref="ForRun"/>, for a run in the background, which the proxy does not end.</summary>
    public static string? ForBackgroundRun(int status, ServiceError error) => status == 504 ? WhenUnknown : ForRun(status, error);

    public static string? ForStoredRun(int status, ServiceError error) => status switch
    {
        404 => "The app does not have the run: it was deleted, or another deployment of the app started it.",
        502 or 503 or 504 => "Try again with the same continuation token: the run goes on.",
        _ => ForRun(status, error),
    };

    /// <summary>What to do about a failed run.</summary>
    public static string ForFailure(string? code) => code switch
    {
        "task_timeout" or "stream_timeout" =>
            "The server of the agent ended the run at its time limit: raise it there, or give the agent less to do.",
        "MCP_USER_AUTH_RECOVERY_UNSUPPORTED" =>
            "A tool acts for the user, whose login a recovered run does not have: run the agent again.",
        _ => "See the logs of the app. It was not retried, because tools of the agent may have acted.",
    };
}
