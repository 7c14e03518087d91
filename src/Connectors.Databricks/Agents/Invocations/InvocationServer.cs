using System.Text.Json;
using Connectors.Databricks.Agents.Runs;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Agents.Invocations;

/// <summary>
/// The Invocation API of <c>DurableAgentServer</c>. Every run belongs to a session, and has an id of the client: a request that is sent
/// again with its id does not run again.
/// </summary>
internal sealed class InvocationServer(AgentContext context) : AgentServer(context)
{
    private const string Path = "/api/invocations";
    private const string SessionHeader = "X-Databricks-Session-Id";

    /// <summary>Leads the requests of a session to one instance of the app.</summary>
    private const string RoutingHeader = "X-Routing-Key";

    private readonly InvocationOutput _output = new();

    public override AgentProtocol Protocol => AgentProtocol.Invocations;

    public override bool QueuesSessions => true;

    // A run in the background is accepted before it begins, so that its token is returned at once.
    public override AgentRequest Prepare(AgentRequest request) => request with
    {
        Chat = request.Chat with { Api = ChatApi.ChatCompletions, IsStream = request.IsStream && !request.IsBackground },
        RunId = request.RunId ?? Guid.NewGuid().ToString(),
        Session = request.Session ?? Guid.NewGuid().ToString(),
    };

    public override string? StoredRun(AgentRequest request) => request.RunId;

    public override RequestBody Write(AgentRequest request) => InvocationToWire.Write(request, Context.Settings);

    public override ServingCall Start(AppHost app, AgentRequest request, RequestBody body)
    {
        var call = NewStart(app, Path, body, request) with
        {
            Headers =
            [
                RequestHeader.Create(SessionHeader, request.Session!, "ChatOptions.ConversationId"),
                RequestHeader.Create(RoutingHeader, request.Session!, "ChatOptions.ConversationId"),
            ],
        };

        // The id makes it safe: a run whose response was lost is found again. In the foreground the response of a run that failed is a
        // failure, too.
        return request.IsBackground ? call with { RetrySafety = RetrySafety.Idempotent } : call;
    }

    public override ServingCall Poll(AppHost app, RunCursor run) =>
        NewRead(app, $"{Path}/{Uri.EscapeDataString(run.RunId)}", isStream: false);

    public override ServingCall Replay(AppHost app, RunCursor run, string? lastEvent)
    {
        var after = lastEvent is null ? string.Empty : $"?after={Uri.EscapeDataString(lastEvent)}";
        return NewRead(app, $"{Path}/{Uri.EscapeDataString(run.RunId)}/events{after}", isStream: true);
    }

    public override RunState Read(
        ServingCall call, ServedDocument document, AgentRequest request, CancellationToken cancellationToken)
    {
        var run = ReadRun(call, document, cancellationToken);
        var id = run.TextOf("id") ?? request.RunId;
        return run.TextOf("status") switch
        {
            // An accepted run may have ended already; its state has the output or the error.
            "completed" or "failed" when request.IsBackground && call.Method == HttpMethod.Post
                && run.MemberOf("output").ValueKind == JsonValueKind.Undefined => new RunState(id, Response: null),
            "completed" => new RunState(
                id, _output.Read(new OutputContext(call, document.Reply, request, cancellationToken), id, run.MemberOf("output"))),
            "queued" or "active" => new RunState(id ?? throw Unexpected(call, document), Response: null),
            "failed" => throw AgentExceptions.RunFailed(call, ServingExceptions.ErrorInBody(call, document.Reply, run)),
            _ => throw Unexpected(call, document),
        };
    }

    public override IRunReader OpenEvents(
        ServingCall call, ServingReply reply, AgentRequest request, CancellationToken cancellationToken) =>
        new InvocationEvents(
            new OutputContext(call, reply, request, cancellationToken), _output, Context.ChatSettings.IncludeRawUpdates);

    // The document of a failed run has an error object, which every other document reports as a failure of the request.
    private static JsonElement ReadRun(ServingCall call, ServedDocument document, CancellationToken cancellationToken)
    {
        try
        {
            return WorkspaceDocument.ReadElement(call, document, cancellationToken);
        }
        catch (DatabricksServingException exception) when (exception.Kind != DatabricksServingErrorKind.InvalidResponse)
        {
            throw AgentExceptions.RunFailed(call, exception);
        }
    }

    private static DatabricksServingException Unexpected(ServingCall call, ServedDocument document) => ServingExceptions.Unexpected(
        call, document.Reply, "a document without the id and the status of a run", "Check that the app runs a DurableAgentServer.");
}
