using Connectors.Databricks.Agents.Runs;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Surfaces;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Agents;

/// <summary>
/// The <see cref="IChatClient"/> of an agent on Databricks Apps: validates arguments and continuation tokens before any request.
/// </summary>
internal sealed class AgentChatClient(AgentContext context, AppLocator locator, Uri? address, object owner) : IChatClient
{
    private const string ProviderName = "databricks";

    private static readonly GatewayAddresses NoAddresses = new(null);

    private readonly AgentRuns _runs = new(context, locator);
    private readonly ChatClientMetadata _metadata = new(ProviderName, address ?? context.Settings.Host, context.Name);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var cursor = CursorIn(options);
        var request = NewRequest(messages, options, cursor, isStream: false);
        return cursor is null ? _runs.RunAsync(request, cancellationToken) : _runs.PollAsync(request, cursor, cancellationToken);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var cursor = CursorIn(options);
        var request = NewRequest(messages, options, cursor, isStream: true);
        return cursor is null ? _runs.StreamAsync(request, cancellationToken) : _runs.ContinueAsync(request, cursor, cancellationToken);
    }

    private RunCursor? CursorIn(ChatOptions? options) =>
        options?.ContinuationToken is { } token ? RunTokenFormat.Read(context.Identity, token) : null;

    private AgentRequest NewRequest(IEnumerable<ChatMessage> messages, ChatOptions? options, RunCursor? cursor, bool isStream)
    {
        var snapshot = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        if (cursor is not null && snapshot.Count > 0)
        {
            throw new InvalidOperationException(
                "Messages are not allowed with ChatOptions.ContinuationToken, which continues a run that has its messages. Pass an empty " +
                "list, or remove the token to start another run.");
        }

        var session = options?.ConversationId ?? cursor?.Session;
        if (session is not null)
        {
            SessionIds.Require(session);
        }

        var endpoint = context.Models.For(context.Name);
        var chat = new ChatRequest(
            context.Name, snapshot, options, cursor is null ? BaseDocument.From(options, this) : null, isStream, endpoint)
        {
            Api = ChatApi.Responses,
            IsShaped = StrictOption.Flag(options?.AdditionalProperties, DatabricksPropertyNames.ShapeRequest)
                ?? context.ChatSettings.ShapeRequests,
            ReplacesMedia = context.ChatSettings.ReplaceUnsupportedMedia,
            Endpoints = context.Models,
            Route = new ServingRoute(context.Name, isGateway: false, options?.ModelId ?? context.Name, NoAddresses),
        };
        return new AgentRequest(chat, IsBackground: cursor is not null || options?.AllowBackgroundResponses is true, session)
        {
            RunId = cursor?.RunId,
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null :
            serviceType == typeof(ChatClientMetadata) ? _metadata :
            serviceType.IsInstanceOfType(this) ? this :
            serviceType.IsInstanceOfType(owner) ? owner : null;
    }

    /// <summary>Does nothing: the HTTP client is owned by the caller or shared by the process.</summary>
    public void Dispose()
    {
    }
}
