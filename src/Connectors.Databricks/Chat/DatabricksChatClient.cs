using System.Runtime.CompilerServices;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Chat.Shaping;
using Connectors.Databricks.Models;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Chat;

/// <summary>
/// The <see cref="IChatClient"/>: validates arguments, selects the endpoint, and connects the outbound mapping, the transport and the
/// inbound mapping.
/// </summary>
internal sealed class DatabricksChatClient(
    string endpointName, DatabricksServingOptions settings, DatabricksChatOptions chatSettings, ServingTransport transport,
    ServingSurfaces surfaces, EndpointModels endpoints, LearnedApis learnedApis, object owner) : IChatClient
{
    private const string ProviderName = "databricks";

    private readonly ILogger _logger = transport.Logger;
    private readonly ServingRoute _defaultRoute = surfaces.DefaultFor(endpointName);
    private readonly string? _tags = RequestTags.ToHeader(chatSettings.RequestTags);
    private readonly CompletionsDialect _completions = new();
    private readonly ResponsesDialect _responses = new();
    private readonly RequestRecovery _recovery = new(
        new ApiSelector(chatSettings.Api, learnedApis, surfaces.UsesGateway), surfaces, endpoints, settings, chatSettings,
        transport.Logger);
    private readonly ChatClientMetadata _metadata = new(ProviderName, settings.Host, endpointName);
    private Tuple<EndpointModel, Func<int, ServiceError, string?>>? _lastHints;

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return _logger.IsEnabled(LogLevel.Debug)
            ? RespondLoggedAsync(messages, options, cancellationToken)
            : RespondAsync(messages, options, cancellationToken);
    }

    private Task<ChatResponse> RespondLoggedAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) => ChatCallLog.RunAsync(
        () => RespondAsync(messages, options, cancellationToken), _logger, options?.ModelId ?? endpointName, settings.TimeProvider);

    private async Task<ChatResponse> RespondAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var request = NewRequest(messages, options, isStream: false);
        if (NeedsPreparation(request))
        {
            request = await PrepareAsync(request, cancellationToken).ConfigureAwait(false);
        }

        for (var recoveries = 0; ; recoveries++)
        {
            using var body = DialectOf(request).Write(request, settings);
            var call = NewCall(request, body);
            try
            {
                var response = await transport.GetDocumentAsync(
                    call, (call, request), DialectOf(request).Parse, cancellationToken).ConfigureAwait(false);
                PolicyDenials.Report(call, response.AdditionalProperties, chatSettings);
                ToolNames.Finish(request, response);
                response.AdditionalProperties = AdjustmentProperties.AddTo(response.AdditionalProperties, request, endpoints, _logger);
                return response;
            }
            catch (DatabricksServingException exception) when (_recovery.CanRecover(request, exception, recoveries))
            {
                if (await _recovery.RecoverAsync(
                    request, DialectOf(request), body, call, exception, cancellationToken).ConfigureAwait(false) is not { } recovered)
                {
                    throw;
                }

                request = recovered;
            }
        }
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var updates = StreamAsync(NewRequest(messages, options, isStream: true), cancellationToken);
        return _logger.IsEnabled(LogLevel.Debug)
            ? ChatCallLog.RunAsync(updates, _logger, options?.ModelId ?? endpointName, settings.TimeProvider, cancellationToken)
            : updates;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        ChatRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (NeedsPreparation(request))
        {
            request = await PrepareAsync(request, cancellationToken).ConfigureAwait(false);
        }

        ServingCall call;
        ServingReply? opened = null;
        for (var recoveries = 0; ; recoveries++)
        {
            using var body = DialectOf(request).Write(request, settings);
            call = NewCall(request, body);
            try
            {
                opened = await transport.OpenAsync(call, cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (DatabricksServingException exception) when (_recovery.CanRecover(request, exception, recoveries))
            {
                if (await _recovery.RecoverAsync(
                    request, DialectOf(request), body, call, exception, cancellationToken).ConfigureAwait(false) is not { } recovered)
                {
                    throw;
                }

                request = recovered;
            }
        }

        using var reply = opened;
        if (reply.IsDocument)
        {
            foreach (var update in await WholeAsync(request, call, reply, cancellationToken).ConfigureAwait(false))
            {
                yield return update;
            }

            yield break;
        }

        var stream = await reply.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var events = new ServingEventStream(call, reply, stream, settings);
        var mapper = DialectOf(request).OpenStream(call, reply, request, chatSettings.IncludeRawUpdates, cancellationToken);
        var updates = new List<ChatResponseUpdate>(1);
        var placeholder = PlaceholderTool.In(request);
        var hasMore = true;
        while (hasMore)
        {
            events.IsComplete = mapper.IsEnded;
            hasMore = await events.MoveNextAsync().ConfigureAwait(false);
            var isComplete = !hasMore || !mapper.Read(events, updates);
            if (mapper.IsDenied && chatSettings.ThrowOnServicePolicyDenial)
            {
                // Before the text that replaces the model's is given out.
                isComplete = true;
            }

            if (isComplete)
            {
                mapper.End(sawEndMarker: hasMore, events.BrokenBy, updates);
                PolicyDenials.Report(call, updates[^1].AdditionalProperties, chatSettings);
            }

            placeholder?.RemoveCalls(updates);
            request.ToolNames?.Restore(updates);
            if (isComplete)
            {
                updates[^1].AdditionalProperties = AdjustmentProperties.AddTo(
                    updates[^1].AdditionalProperties, request, endpoints, _logger);
                hasMore = false;
            }

            for (var i = 0; i < updates.Count; i++)
            {
                yield return updates[i];
            }

            updates.Clear();
        }

        await events.ReadToEndAsync().ConfigureAwait(false);
    }

    // Some custom agents respond to a streaming request with a single document.
    private async Task<ChatResponseUpdate[]> WholeAsync(
        ChatRequest request, ServingCall call, ServingReply reply, CancellationToken cancellationToken)
    {
        var response = await transport.ReadDocumentAsync(
            call, reply, (call, request), DialectOf(request).Parse, cancellationToken).ConfigureAwait(false);
        PolicyDenials.Report(call, response.AdditionalProperties, chatSettings);
        ToolNames.Finish(request, response);
        response.AdditionalProperties = AdjustmentProperties.AddTo(response.AdditionalProperties, request, endpoints, _logger);
        var updates = response.ToChatResponseUpdates();
        foreach (var update in updates)
        {
            update.RawRepresentation = chatSettings.IncludeRawUpdates ? response.RawRepresentation : null;
        }

        return updates;
    }

    private bool NeedsPreparation(ChatRequest request) =>
        request.IsShaped && (NeedsIdentification(request) || InlinedImages.AreNeeded(request, chatSettings));

    private bool NeedsIdentification(ChatRequest request) =>
        chatSettings.LookUpServedEntities && endpoints.NeedsIdentification(request.Endpoint);

    private async Task<ChatRequest> PrepareAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        if (NeedsIdentification(request))
        {
            request = _recovery.Apis.Select(request.For(
                await endpoints.IdentifyAsync(request.Endpoint, cancellationToken).ConfigureAwait(false)));
        }

        return InlinedImages.AreNeeded(request, chatSettings)
            ? await InlinedImages.FetchAsync(request, chatSettings.FetchImage!, cancellationToken).ConfigureAwait(false)
            : request;
    }

    private ChatRequest NewRequest(IEnumerable<ChatMessage> messages, ChatOptions? options, bool isStream)
    {
        var chosen = endpointName;
        if (options?.ModelId is { } modelId)
        {
            chosen = EndpointPath.IsName(modelId) ? modelId :
                throw OptionExceptions.Invalid($"ChatOptions.ModelId is '{modelId}', which is not a valid endpoint name.");
        }

        if (options?.ContinuationToken is not null)
        {
            throw new NotSupportedException(
                "ChatOptions.ContinuationToken is not supported: chat endpoints have no background responses, " +
                "so another client issued the token.");
        }

        var snapshot = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        ChatLog.DroppedReasoning(_logger, snapshot, chosen);
        var tags = RequestTags.ToHeader(chatSettings.RequestTags, _tags, options?.AdditionalProperties, "ChatOptions.AdditionalProperties");

        return _recovery.Apis.Select(new ChatRequest(
            chosen, snapshot, options, BaseDocument.From(options, this), isStream, endpoints.For(chosen))
        {
            IsShaped = StrictOption.Flag(options?.AdditionalProperties, DatabricksPropertyNames.ShapeRequest) ?? chatSettings.ShapeRequests,
            WantsUsage = chatSettings.IncludeUsageInStreams,
            MarksForCache = chatSettings.CachePrompts,
            ReplacesMedia = chatSettings.ReplaceUnsupportedMedia,
            Endpoints = endpoints,
            RequestTags = tags,
            Route = chosen == endpointName ? surfaces.Current(_defaultRoute) : surfaces.Current(chosen),
        });
    }

    private ServingCall NewCall(ChatRequest request, RequestBody body)
    {
        var task = DialectOf(request).TaskOf(request);
        return new(request.IsStream ? "Streaming chat" : "Chat", request.EndpointName, request.Route.Address(task), body, request.IsStream)
        {
            IsGateway = request.Route.IsOnGateway(task),
            RetrySafety = request.MayBeAgent ? RetrySafety.Agent : RetrySafety.Inference,
            RequestTags = request.Tags,
            Advise = HintsFor(request.Endpoint),
            Surface = ResponseSurface.Chat,
        };
    }

    // Reused between calls until a correction changes what is known of the endpoint.
    private Func<int, ServiceError, string?> HintsFor(EndpointModel endpoint)
    {
        var last = _lastHints;
        if (last?.Item1 != endpoint)
        {
            _lastHints = last = Tuple.Create(endpoint, ChatErrorHints.For(endpoint));
        }

        return last.Item2;
    }

    private ChatDialect DialectOf(ChatRequest request) => request.UsesResponses ? _responses : _completions;

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
