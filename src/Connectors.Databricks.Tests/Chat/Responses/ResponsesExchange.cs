using System.Text;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Chat.Responses.Inbound;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses;

/// <summary>Reads documents and streams of the Responses API.</summary>
internal static class ResponsesExchange
{
    public const string Endpoint = "some-endpoint";

    public static ChatResponse Reads(
        string response, bool hidesReasoning = false, DatabricksResponseLimitOptions? limits = null,
        CancellationToken cancellationToken = default, params (string Name, string Value)[] headers)
    {
        using var reply = NewReply(new StringContent(response), limits, headers);
        return ResponsesFromWire.Read(
            NewCall(isStream: false), new ServedDocument(reply, Encoding.UTF8.GetBytes(response)),
            new ReasoningContext(hidesReasoning, Endpoint), cancellationToken);
    }

    /// <summary>Reads a stream, given as the data of its events, without an end marker.</summary>
    public static Task<List<ChatResponseUpdate>> ReadsStream(params string[] data) => Collect(Exchange.Events(data));

    public static Task<List<ChatResponseUpdate>> Collect(
        string events, bool keepsRaw = false, bool hidesReasoning = false, DatabricksResponseLimitOptions? limits = null) =>
        Collect(new MemoryStream(Encoding.UTF8.GetBytes(events)), keepsRaw, hidesReasoning, limits);

    public static Stream Body(params string[] data) => new MemoryStream(Encoding.UTF8.GetBytes(Exchange.Events(data)));

    public static async Task<List<ChatResponseUpdate>> Collect(
        Stream body, bool keepsRaw = false, bool hidesReasoning = false, DatabricksResponseLimitOptions? limits = null)
    {
        List<ChatResponseUpdate> updates = [];
        await CollectInto(updates, body, keepsRaw, hidesReasoning, limits);
        return updates;
    }

    /// <summary>Reads a stream whose updates matter although it fails.</summary>
    public static async Task CollectInto(
        List<ChatResponseUpdate> updates, Stream body, bool keepsRaw = false, bool hidesReasoning = false,
        DatabricksResponseLimitOptions? limits = null, Action<ResponsesStreamFromWire>? onEvent = null)
    {
        var call = NewCall(isStream: true);
        using var reply = NewReply(new StreamContent(body), limits, []);
        using var events = new ServingEventStream(call, reply, body, new DatabricksServingOptions());
        var mapper = new ResponsesStreamFromWire(
            call, reply, new ReasoningContext(hidesReasoning, Endpoint), keepsRaw, CancellationToken.None);
        var hasMore = true;
        while (hasMore)
        {
            hasMore = await events.MoveNextAsync();
            var isLast = !hasMore || !mapper.Read(events, updates);
            onEvent?.Invoke(mapper);
            if (isLast)
            {
                mapper.End(sawEndMarker: hasMore, events.BrokenBy, updates);
                hasMore = false;
            }
        }
    }

    private static ServingCall NewCall(bool isStream) =>
        new(isStream ? "Streaming chat" : "Chat", Endpoint, new Uri(Some.Host, "serving-endpoints/responses"), null, isStream);

    private static ServingReply NewReply(
        HttpContent content, DatabricksResponseLimitOptions? limits, (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage { Content = content };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return new ServingReply(response, limits ?? new DatabricksResponseLimitOptions());
    }
}
