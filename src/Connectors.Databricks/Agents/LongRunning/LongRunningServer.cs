using System.Text.Json.Nodes;
using Connectors.Databricks.Agents.Runs;
using Connectors.Databricks.Chat;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Agents.LongRunning;

/// <summary>
/// The Responses API of <c>LongRunningAgentServer</c>, and of MLflow's AgentServer, which has no background runs: the flag is ignored, and
/// the finished response comes.
/// </summary>
internal sealed class LongRunningServer(AgentContext context) : AgentServer(context)
{
    private const string Background = "background";
    private const string ContextField = "context";
    private const string Conversation = "conversation_id";

    private readonly ResponsesDialect _dialect = new();

    public override AgentProtocol Protocol => AgentProtocol.Responses;

    public override RequestBody Write(AgentRequest request) =>
        _dialect.Write(request.Chat with { Base = WithRun(request) }, Context.Settings);

    public override ServingCall Start(AppHost app, AgentRequest request, RequestBody body) =>
        NewStart(app.At("/responses"), body, request.IsStream) with { Authenticator = app.Authenticator };

    public override ServingCall Poll(AppHost app, RunCursor run) =>
        NewRead(app.At($"/responses/{Uri.EscapeDataString(run.RunId)}"), isStream: false) with { Authenticator = app.Authenticator };

    public override ServingCall Replay(AppHost app, RunCursor run, string? lastEvent) =>
        NewRead(
            app.At($"/responses/{Uri.EscapeDataString(run.RunId)}?stream=true&starting_after={lastEvent ?? "0"}"), isStream: true)
        with { Authenticator = app.Authenticator };

    public override RunState Read(
        ServingCall call, ServedDocument document, AgentRequest request, CancellationToken cancellationToken)
    {
        var fields = RunFields.Read(call, document, cancellationToken);
        if (fields.IsInProgress)
        {
            return new RunState(fields.Id ?? throw Unexpected(call, document), Response: null, fields.Attempts);
        }

        try
        {
            var response = _dialect.Parse(document, (call, request.Chat), cancellationToken);
            if (fields.TraceId is { } trace)
            {
                (response.AdditionalProperties ??= []).TryAdd(DatabricksPropertyNames.TraceId, trace);
            }

            ToolNames.Finish(request.Chat, response);
            return new RunState(fields.Id, response, fields.Attempts);
        }
        catch (DatabricksServingException exception) when (fields.IsFailed)
        {
            throw AgentExceptions.RunFailed(call, exception);
        }
    }

    public override IRunReader OpenEvents(
        ServingCall call, ServingReply reply, AgentRequest request, CancellationToken cancellationToken) =>
        new LongRunningEvents(
            call, reply,
            ResponsesDialect.OpenEvents(call, reply, request.Chat, Context.ChatSettings.IncludeRawUpdates, cancellationToken),
            request.Chat.ToolNames);

    private static DatabricksServingException Unexpected(ServingCall call, ServedDocument document) => ServingExceptions.Unexpected(
        call, document.Reply, "a run without an id", "Check that the app runs a LongRunningAgentServer.");

    // In the base document, which members of the call follow; the caller's own document is not modified.
    private static JsonObject? WithRun(AgentRequest request)
    {
        if (!request.IsBackground && request.Session is null)
        {
            return request.Chat.Base;
        }

        var document = (JsonObject?)request.Chat.Base?.DeepClone() ?? [];
        if (request.IsBackground)
        {
            document[Background] = true;
        }

        if (request.Session is { } session)
        {
            if (request.Chat.Options?.AdditionalProperties?.ContainsKey(ContextField) is true)
            {
                throw OptionExceptions.Invalid(
                    "ChatOptions.ConversationId is set, and AdditionalProperties has \"context\" as well. Use one of them.");
            }

            if (document[ContextField] is not JsonObject known)
            {
                document[ContextField] = known = [];
            }

            known[Conversation] = session;
        }

        return document;
    }
}
