using System.Runtime.CompilerServices;
using Connectors.Databricks.Agents.Runs;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Agents;

/// <summary>
/// The <see cref="IChatClient"/> of an agent on Databricks Apps: runs in the foreground, and in the background with tokens that a later
/// call, or another process, continues with.
/// </summary>
internal sealed class AgentChatClient : IChatClient
{
    private const string ProviderName = "databricks";

    private static readonly GatewayAddresses NoAddresses = new(null);

    private readonly AgentContext _context;
    private readonly AppLocator _locator;
    private readonly AgentServers _servers;
    private readonly ChatClientMetadata _metadata;
    private readonly object _owner;

    public AgentChatClient(AgentContext context, AppLocator locator, Uri? address, object owner)
    {
        _context = context;
        _locator = locator;
        _servers = new AgentServers(context);
        _metadata = new ChatClientMetadata(ProviderName, address ?? context.Settings.Host, context.Name);
        _owner = owner;
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var cursor = CursorIn(options);
        var request = NewRequest(messages, options, cursor, isStream: false);
        return cursor is null ? RunAsync(request, cancellationToken) : PollAsync(request, cursor, cancellationToken);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var cursor = CursorIn(options);
        var request = NewRequest(messages, options, cursor, isStream: true);
        return cursor is null ? StreamAsync(request, cancellationToken) : ContinueAsync(request, cursor, cancellationToken);
    }

    private async Task<ChatResponse> RunAsync(AgentRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var app = await _locator.GetAsync(cancellationToken).ConfigureAwait(false);
            return await _servers.StartAsync(
                request,
                async (server, prepared) =>
                {
                    using var body = server.Write(prepared);
                    var call = server.Start(app, prepared, body);
                    var state = await GetAsync(server, call, prepared, cancellationToken).ConfigureAwait(false);
                    return ToResponse(server, state, prepared);
                }).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            AgentLog.RunGoesOn(_context.Transport.Logger, _context.Name, null);
            throw AgentExceptions.Canceled(_context.Name, null, exception, cancellationToken);
        }
    }

    private async Task<ChatResponse> PollAsync(AgentRequest request, RunCursor cursor, CancellationToken cancellationToken)
    {
        var app = await _locator.GetAsync(cancellationToken).ConfigureAwait(false);
        var server = _servers.Of(cursor.Protocol);
        var state = await GetAsync(server, server.Poll(app, cursor), request, cancellationToken).ConfigureAwait(false);
        if (state is { Response: not null, Attempts: > 1 })
        {
            // The document has the output of every attempt; the events show where the last one begins, and its conversation.
            return await LastAttempt.ReadAsync(
                new RunFollower(_context, server, app, request).ContinueAsync(cursor with { Events = 0, Updates = 0 }, cancellationToken))
                .ConfigureAwait(false);
        }

        return ToResponse(server, state with { RunId = state.RunId ?? cursor.RunId }, request);
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        AgentRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var app = await _locator.GetAsync(cancellationToken).ConfigureAwait(false);
        var (server, prepared, call, reply) = await _servers.StartAsync(
            request,
            async (server, prepared) =>
            {
                using var body = server.Write(prepared);
                var call = server.Start(app, prepared, body);
                return (server, prepared, call, await OpenAsync(call, cancellationToken).ConfigureAwait(false));
            }).ConfigureAwait(false);
        var follower = new RunFollower(_context, server, app, prepared);
        if (!reply.IsDocument)
        {
            await foreach (var update in follower.ReadAsync(call, reply, cancellationToken).ConfigureAwait(false))
            {
                yield return update;
            }

            yield break;
        }

        RunState state;
        using (reply)
        {
            state = await _context.Transport.ReadDocumentAsync(
                call, reply, (call, server, prepared), static (document, state, stop) =>
                    state.server.Read(state.call, document, state.prepared, stop), cancellationToken).ConfigureAwait(false);
        }

        if (state.Response is not null)
        {
            foreach (var update in ToResponse(server, state, prepared).ToChatResponseUpdates())
            {
                yield return update;
            }

            yield break;
        }

        await foreach (var update in follower.ContinueAsync(CursorOf(server, state, prepared), cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    private async IAsyncEnumerable<ChatResponseUpdate> ContinueAsync(
        AgentRequest request, RunCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var app = await _locator.GetAsync(cancellationToken).ConfigureAwait(false);
        var follower = new RunFollower(_context, _servers.Of(cursor.Protocol), app, request);
        await foreach (var update in follower.ContinueAsync(cursor, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    private async ValueTask<ServingReply> OpenAsync(ServingCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await _context.Transport.OpenAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            AgentLog.RunGoesOn(_context.Transport.Logger, _context.Name, null);
            throw AgentExceptions.Canceled(_context.Name, null, exception, cancellationToken);
        }
    }

    private ValueTask<RunState> GetAsync(
        AgentServer server, ServingCall call, AgentRequest request, CancellationToken cancellationToken) =>
        _context.Transport.GetDocumentAsync(
            call, (call, server, request),
            static (document, state, stop) => state.server.Read(state.call, document, state.request, stop), cancellationToken);

    /// <summary>The finished response, or one with the token to poll it.</summary>
    private ChatResponse ToResponse(AgentServer server, RunState state, AgentRequest request)
    {
        var response = state.Response ?? new ChatResponse
        {
            ContinuationToken = new RunToken(_context.Identity, CursorOf(server, state, request)),
        };
        response.ResponseId = state.RunId ?? response.ResponseId;
        response.ConversationId = request.Session;
        if (request.Chat.Adjustments is not null)
        {
            response.AdditionalProperties = Chat.AdjustmentProperties.AddTo(
                response.AdditionalProperties, request.Chat, _context.Models, _context.Transport.Logger);
        }

        return response;
    }

    private static RunCursor CursorOf(AgentServer server, RunState state, AgentRequest request) =>
        new(server.Protocol, state.RunId!) { Session = request.Session };

    private RunCursor? CursorIn(ChatOptions? options) =>
        options?.ContinuationToken is { } token ? RunTokenFormat.Read(_context.Identity, token) : null;

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

        var endpoint = _context.Models.For(_context.Name);
        var chat = new ChatRequest(
            _context.Name, snapshot, options, cursor is null ? BaseDocument.From(options, this) : null, isStream, endpoint)
        {
            Api = ChatApi.Responses,
            IsShaped = StrictOption.Flag(options?.AdditionalProperties, DatabricksPropertyNames.ShapeRequest)
                ?? _context.ChatSettings.ShapeRequests,
            ReplacesMedia = _context.ChatSettings.ReplaceUnsupportedMedia,
            Endpoints = _context.Models,
            Route = new ServingRoute(_context.Name, isGateway: false, options?.ModelId ?? _context.Name, NoAddresses),
        };
        return new AgentRequest(chat, IsBackground: cursor is not null || options?.AllowBackgroundResponses is true, session);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null :
            serviceType == typeof(ChatClientMetadata) ? _metadata :
            serviceType.IsInstanceOfType(this) ? this :
            serviceType.IsInstanceOfType(_owner) ? _owner : null;
    }

    /// <summary>Does nothing: the HTTP client is owned by the caller or shared by the process.</summary>
    public void Dispose()
    {
    }
}
