using Connectors.Databricks.Agents.Runs;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Agents;

/// <summary>One protocol of agents on Databricks Apps: writes its requests, and reads its documents and events.</summary>
/// <param name="context">The client.</param>
internal abstract class AgentServer(AgentContext context)
{
    protected AgentContext Context => context;

    public abstract AgentProtocol Protocol { get; }

    /// <summary>Whether the server runs the requests of a session one after the other.</summary>
    public abstract bool QueuesSessions { get; }

    /// <summary>Returns the request with the ids that the protocol requires.</summary>
    public virtual AgentRequest Prepare(AgentRequest request) => request;

    /// <summary>The id of the run that a request starts, if it is known before the response; null otherwise.</summary>
    public virtual string? StoredRun(AgentRequest request) => null;

    /// <summary>Writes the body of a request that starts a run.</summary>
    public abstract RequestBody Write(AgentRequest request);

    /// <summary>The call that starts a run.</summary>
    public abstract ServingCall Start(AppHost app, AgentRequest request, RequestBody body);

    /// <summary>The call that reads the state of a run.</summary>
    public abstract ServingCall Poll(AppHost app, RunCursor run);

    /// <summary>The call that replays the events of a run.</summary>
    /// <param name="app">The app.</param>
    /// <param name="run">The run.</param>
    /// <param name="lastEvent">The id of the last event that was read; null for all events.</param>
    public abstract ServingCall Replay(AppHost app, RunCursor run, string? lastEvent);

    /// <summary>Reads the document of a run: of the request that started it, or of a poll.</summary>
    /// <exception cref="DatabricksServingException">The run failed, or the document is not one of a run.</exception>
    public abstract RunState Read(ServingCall call, ServedDocument document, AgentRequest request, CancellationToken cancellationToken);

    /// <summary>Starts to read the events of a run.</summary>
    public abstract IRunReader OpenEvents(
        ServingCall call, ServingReply reply, AgentRequest request, CancellationToken cancellationToken);

    protected ServingCall NewStart(AppHost app, string path, RequestBody body, AgentRequest request) =>
        New($"Running agent '{context.Name}'", app, path, body, request.IsStream) with
        {
            RetrySafety = RetrySafety.Agent,
            Advise = request.IsBackground ? AgentHints.ForBackgroundRun : AgentHints.ForRun,
            AdviceWhenCut = request.IsBackground ? AgentHints.WhenUnknown : AgentHints.WhenCut,
        };

    protected ServingCall NewRead(AppHost app, string path, bool isStream) =>
        New($"Reading a run of agent '{context.Name}'", app, path, body: null, isStream) with
        {
            Method = HttpMethod.Get,
            RetrySafety = RetrySafety.Idempotent,
            Advise = AgentHints.ForStoredRun,
        };

    private ServingCall New(string operation, AppHost app, string path, RequestBody? body, bool isStream) =>
        new(operation, context.Name, app.At(path), body, isStream)
        {
            IsSentence = true,
            Surface = ResponseSurface.Chat,
            Authenticator = app.Authenticator,
        };
}
