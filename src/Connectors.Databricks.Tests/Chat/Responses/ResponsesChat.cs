using System.Runtime.CompilerServices;
using Connectors.Databricks.Authentication;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Chat.Responses.Inbound;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses;

/// <summary>
/// A chat client of the Responses API with the transport of the product, for tests of the inbound half alone: its request is one text.
/// </summary>
internal sealed class ResponsesChat : IChatClient
{
    private readonly string _endpoint;
    private readonly Uri _address;
    private readonly DatabricksServingOptions _options;
    private readonly ServingTransport _transport;

    public ResponsesChat(
        DatabricksServingOptions options, string endpoint = ResponsesExchange.Endpoint, string path = "serving-endpoints/responses")
    {
        var platform = new IsolatedPlatform(options.TimeProvider);
        _endpoint = endpoint;
        _options = options.CopyValidated();
        var authenticator = RequestAuthenticator.For(_options, platform);
        _address = new Uri(authenticator.Host!, path);
        _transport = new ServingTransport(_options, authenticator, new UserAgent(_options.ApplicationName, platform));
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var body = Body(messages, isStream: false);
        var call = NewCall(body, isStream: false);
        return await _transport.GetDocumentAsync(
            call, call, (document, state, stop) => ResponsesFromWire.Read(state, document, Context(options), stop), cancellationToken);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var body = Body(messages, isStream: true);
        var call = NewCall(body, isStream: true);
        using var reply = await _transport.OpenAsync(call, cancellationToken);
        using var events = new ServingEventStream(call, reply, await reply.Content.ReadAsStreamAsync(cancellationToken), _options);
        var mapper = new ResponsesStreamFromWire(call, reply, Context(options), _options.Chat.IncludeRawUpdates, cancellationToken);
        List<ChatResponseUpdate> updates = [];
        var hasMore = true;
        while (hasMore)
        {
            hasMore = await events.MoveNextAsync();
            if (!hasMore || !mapper.Read(events, updates))
            {
                mapper.End(sawEndMarker: hasMore, events.BrokenBy, updates);
                hasMore = false;
            }

            foreach (var update in updates)
            {
                yield return update;
            }

            updates.Clear();
        }

        await events.ReadToEndAsync();
    }

    private ServingCall NewCall(RequestBody body, bool isStream) =>
        new(isStream ? "Streaming chat" : "Chat", _endpoint, _address, body, isStream) { Surface = ResponseSurface.Chat };

    private ReasoningContext Context(ChatOptions? options) => new(options?.Reasoning?.Output is ReasoningOutput.None, _endpoint);

    private RequestBody Body(IEnumerable<ChatMessage> messages, bool isStream)
    {
        var buffer = new SegmentedBuffer();
        using (var writer = JsonWriting.CreateWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("model"u8, _endpoint);
            writer.WriteString("input"u8, messages.Last().Text);
            writer.WriteBoolean("stream"u8, isStream);
            writer.WriteEndObject();
        }

        return new RequestBody(buffer);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
