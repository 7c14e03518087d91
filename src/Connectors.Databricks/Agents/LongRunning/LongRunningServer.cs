using System.Text.Json.Nodes;
using Connectors.Databricks.Agents.Runs;
using Connectors.Databricks.Chat;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

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

    public override bool QueuesSessions => false;

    public override AgentRequest Prepare(AgentRequest request) =>
        request with { Chat = request.Chat with { Base = WithRun(request) } };

    public override RequestBody Write(AgentRequest request) => _dialect.Write(request.Chat, Context.Settings);

    public override ServingCall Start(AppHost app, AgentRequest request, RequestBody body) =>
        NewStart(app, "/responses", body, request);

    public override ServingCall Poll(AppHost app, RunCursor run) =>
        NewRead(app, $"/responses/{Uri.EscapeDataString(run.RunId)}", isStream: false);

    public override ServingCall Replay(AppHost app, RunCursor run, string? lastEvent) =>
        NewRead(app, $"/responses/{Uri.EscapeDataString(run.RunId)}?stream=true&starting_after={lastEvent ?? "0"}", isStream: true);

    public override RunState Read(
        ServingCall call, ServedDocument document, AgentRequest request, CancellationToken cancellationToken)
    {
        var fields = RunFields.Read(call, document, cancellationToken);
        if (fields.IsInProgress)
        {
            return new RunState(fields.Id ?? throw Unexpected(call, document), Response: null, fields.Attempts);
        }

        if (fields.IsEmpty && call.Method == HttpMethod.Get)
        {
            return new RunState(fields.Id, new ChatResponse { FinishReason = ChatFinishReason.Stop }, fields.Attempts);
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
            request.Chat.ToolNames, request.RunId, Context.ChatSettings.IncludeRawUpdates);

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
            if (document[ContextField] is not JsonObject known)
            {
                document[ContextField] = known = ContextOf(request.Chat.Options);
            }

            known[Conversation] = session;
        }

        return document;
    }

    // The context of WithAgentContext; the conversation of the options takes precedence over one in it.
    private static JsonObject ContextOf(ChatOptions? options) =>
        options?.AdditionalProperties?.TryGetValue(ContextField, out var context) is not true ? [] : context switch
        {
            JsonObject document => (JsonObject)document.DeepClone(),
            IEnumerable<KeyValuePair<string, object?>> members when members.All(member => member.Value is string) =>
                new(members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)(string?)member.Value))),
            _ => throw OptionExceptions.Invalid(
                "ChatOptions.ConversationId is set, and AdditionalProperties has \"context\" as well. Use WithAgentContext, or one of " +
                "them."),
        };
}
