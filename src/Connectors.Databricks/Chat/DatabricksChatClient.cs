using System.Runtime.CompilerServices;
using Connectors.Databricks.Chat.Completions.Inbound;
using Connectors.Databricks.Chat.Completions.Inbound.Templates;
using Connectors.Databricks.Chat.Completions.Outbound;
using Connectors.Databricks.Chat.Completions.Shaping;
using Connectors.Databricks.Models;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Chat;

/// <summary>
/// The door of chat: checks arguments, chooses the endpoint, and joins the outbound mapping, the transport and the inbound mapping.
/// </summary>
internal sealed class DatabricksChatClient(
    string endpointName, DatabricksServingOptions settings, ServingTransport transport, EndpointModels endpoints, object owner) : IChatClient
{
    private const string ProviderName = "databricks";

    private static readonly DocumentReader<ChatResponse, (ServingCall Call, ReasoningIntake Reasoning)> Parse =
        static (document, state, stop) => ChatResponseFromWire.Read(state.Call, document, state.Reasoning, stop);

    private readonly ILogger _logger = transport.Logger;
    private readonly Uri _address = EndpointPath.Invocations(settings.Host, endpointName);
    private readonly SharedTemplate _sharedTemplate = new();
    private readonly ChatClientMetadata _metadata = new(ProviderName, settings.Host, endpointName);
    private Tuple<EndpointModel, Func<int, ServiceError, string?>>? _lastAdvice;

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return RespondAsync(messages, options, cancellationToken);
    }

    private async Task<ChatResponse> RespondAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var request = NewRequest(messages, options, isStream: false);
        if (NeedsPreparing(request))
        {
            request = await PreparedAsync(request, cancellationToken).ConfigureAwait(false);
        }

        for (var lessons = 0; ; lessons++)
        {
            using var body = ChatRequestToWire.Write(request, settings);
            var call = NewCall(request, body);
            try
            {
                var response = await transport.GetDocumentAsync(call, (call, Intake(request)), Parse, cancellationToken).ConfigureAwait(false);
                PlaceholderTool.In(request)?.RemoveCalls(response);
                response.AdditionalProperties = AdjustmentReport.AddTo(response.AdditionalProperties, request, endpoints, _logger);
                return response;
            }
            catch (DatabricksServingException refusal) when (RefusedRequest.MayBeMended(refusal, lessons))
            {
                if (!IsMended(refusal, body, ref request))
                {
                    throw;
                }
            }
        }
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return StreamAsync(NewRequest(messages, options, isStream: true), cancellationToken);
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        ChatRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (NeedsPreparing(request))
        {
            request = await PreparedAsync(request, cancellationToken).ConfigureAwait(false);
        }

        ServingCall call;
        ServingReply? opened = null;
        for (var lessons = 0; ; lessons++)
        {
            using var body = ChatRequestToWire.Write(request, settings);
            call = NewCall(request, body);
            try
            {
                opened = await transport.OpenAsync(call, cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (DatabricksServingException refusal) when (RefusedRequest.MayBeMended(refusal, lessons))
            {
                if (!IsMended(refusal, body, ref request))
                {
                    throw;
                }
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
        var reading = new ChatStreamFromWire(
            call, reply, Intake(request), settings.IncludeRawUpdates, new ChunkTemplateReader(_sharedTemplate), cancellationToken);
        var updates = new List<ChatResponseUpdate>(1);
        var placeholder = PlaceholderTool.In(request);
        var goesOn = true;
        while (goesOn)
        {
            goesOn = await events.MoveNextAsync().ConfigureAwait(false);
            var isOver = !goesOn || !reading.Read(events, updates);
            if (isOver)
            {
                reading.End(sawEndMarker: goesOn, events.BrokenBy, updates);
            }

            placeholder?.RemoveCalls(updates);
            if (isOver)
            {
                updates[^1].AdditionalProperties = AdjustmentReport.AddTo(updates[^1].AdditionalProperties, request, endpoints, _logger);
                goesOn = false;
            }

            for (var i = 0; i < updates.Count; i++)
            {
                yield return updates[i];
            }

            updates.Clear();
        }

        await events.ReadToEndAsync().ConfigureAwait(false);
    }

    // Some custom agents answer a stream request with one body.
    private async Task<ChatResponseUpdate[]> WholeAsync(
        ChatRequest request, ServingCall call, ServingReply reply, CancellationToken cancellationToken)
    {
        var response = await transport.ReadDocumentAsync(call, reply, (call, Intake(request)), Parse, cancellationToken).ConfigureAwait(false);
        PlaceholderTool.In(request)?.RemoveCalls(response);
        response.AdditionalProperties = AdjustmentReport.AddTo(response.AdditionalProperties, request, endpoints, _logger);
        var updates = response.ToChatResponseUpdates();
        foreach (var update in updates)
        {
            update.RawRepresentation = settings.IncludeRawUpdates ? response.RawRepresentation : null;
        }

        return updates;
    }

    private bool IsMended(DatabricksServingException refusal, RequestBody body, ref ChatRequest request)
    {
        var mended = RefusedRequest.Mend(request, body, refusal, endpoints, settings, _logger);
        request = mended ?? request;
        return mended is not null;
    }

    private bool NeedsPreparing(ChatRequest request) =>
        request.IsShaped && (endpoints.IsToBeIdentified(request.Endpoint) || InlinedImages.AreWanted(request, settings));

    private async Task<ChatRequest> PreparedAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        if (endpoints.IsToBeIdentified(request.Endpoint))
        {
            request = request.For(await endpoints.IdentifyAsync(request.Endpoint, cancellationToken).ConfigureAwait(false));
        }

        return InlinedImages.AreWanted(request, settings)
            ? await InlinedImages.FetchAsync(request, settings.FetchImage!, cancellationToken).ConfigureAwait(false)
            : request;
    }

    private ChatRequest NewRequest(IEnumerable<ChatMessage> messages, ChatOptions? options, bool isStream)
    {
        var chosen = endpointName;
        if (options?.ModelId is { } modelId)
        {
            chosen = EndpointPath.IsName(modelId) ? modelId :
                throw InvalidOption.Because($"ChatOptions.ModelId is '{modelId}', which is not the name of an endpoint.");
        }

        if (options?.ContinuationToken is not null)
        {
            throw new NotSupportedException(
                "ChatOptions.ContinuationToken is set, but chat endpoints have no background responses, so the token is another client's.");
        }

        var snapshot = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        LogForeignReasoning(snapshot, chosen);

        return new ChatRequest(chosen, snapshot, options, BaseDocument.From(options, this), isStream, endpoints.For(chosen))
        {
            IsShaped = StrictWish.Flag(options?.AdditionalProperties, DatabricksPropertyNames.ShapeRequest) ?? settings.ShapeRequests,
            WantsUsage = settings.IncludeUsageInStreams,
            MarksForCache = settings.CachePrompts,
            ReplacesMedia = settings.ReplaceUnsupportedMedia,
            Endpoints = endpoints,
        };
    }

    private void LogForeignReasoning(IReadOnlyList<ChatMessage> messages, string chosen)
    {
        if (_logger.IsEnabled(LogLevel.Debug))
        {
            var count = messages.Where(message => message is not null).SelectMany(message => message.Contents)
                .Count(content => content is TextReasoningContent reasoning && ReasoningSeal.Read(reasoning.ProtectedData) is null);
            if (count > 0)
            {
                Log.ForeignReasoningLeftOut(_logger, count, chosen);
            }
        }
    }

    private ServingCall NewCall(ChatRequest request, RequestBody body) => new(
        request.IsStream ? "Streaming chat" : "Chat", request.EndpointName,
        request.EndpointName == endpointName ? _address : EndpointPath.Invocations(settings.Host, request.EndpointName), body, request.IsStream)
    {
        Advise = AdviceOn(request.Endpoint),
        Surface = ResponseSurface.Chat,
    };

    // The same from call to call, until something is learnt of the endpoint.
    private Func<int, ServiceError, string?> AdviceOn(EndpointModel endpoint)
    {
        var last = _lastAdvice;
        if (last?.Item1 != endpoint)
        {
            _lastAdvice = last = Tuple.Create(endpoint, ChatAdvice.For(endpoint));
        }

        return last.Item2;
    }

    private static ReasoningIntake Intake(ChatRequest request) =>
        new(request.Options?.Reasoning?.Output is ReasoningOutput.None, request.EndpointName);

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null :
            serviceType == typeof(ChatClientMetadata) ? _metadata :
            serviceType.IsInstanceOfType(this) ? this :
            serviceType.IsInstanceOfType(owner) ? owner : null;
    }

    /// <summary>Nothing is owned here: the HTTP client is the user's or the process's.</summary>
    public void Dispose()
    {
    }
}
