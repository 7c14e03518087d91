using Connectors.Databricks.Agents.Runs;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Agents;

/// <summary>One protocol of agents on Databricks Apps: writes its requests, and reads its documents and events.</summary>
/// <param name="context">The client.</param>
internal abstract class AgentServer(AgentContext context)
{
    protected AgentContext Context => context;

    public abstract AgentProtocol Protocol { get; }

    /// <summary>Returns the request with the ids that the protocol requires.</summary>
    public virtual AgentRequest Prepare(AgentRequest request) => request;

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

    protected ServingCall NewStart(Uri address, RequestBody body, bool isStream) =>
        New($"Running agent '{context.Name}'", address, body, isStream) with
        {
            RetrySafety = RetrySafety.Agent,
            Advise = AgentHints.ForRun,
            AdviceWhenCut = AgentHints.WhenCut,
        };

    protected ServingCall NewRead(Uri address, bool isStream) =>
        New($"Reading a run of agent '{context.Name}'", address, body: null, isStream) with
        {
            Method = HttpMethod.Get,
            RetrySafety = RetrySafety.Idempotent,
            Advise = AgentHints.ForStoredRun,
        };

    private ServingCall New(string operation, Uri address, RequestBody? body, bool isStream) =>
        new(operation, context.Name, address, body, isStream) { IsSentence = true, Surface = Wire.ResponseSurface.Chat };
}
