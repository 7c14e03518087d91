using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Cases;

/// <summary>A service that calls the first tool of each request by the name it got, streamed or not.</summary>
internal sealed class CallingService(Action<JsonNode> check, string arguments = "{}") : HttpMessageHandler
{
    public List<JsonNode> Bodies { get; } = [];

    public IChatClient Chat(string endpoint) => new DatabricksServingClient(
        new DatabricksServingOptions
        {
            Host = Some.Host,
            Credential = DatabricksCredential.FromToken(Some.Token),
            HttpClient = new HttpClient(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan },
            Resilience = { Retry = null },
        },
        new IsolatedPlatform(TimeProvider.System)).GetChatClient(endpoint);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
        Bodies.Add(body);
        check(body);
        var call = new JsonObject
        {
            ["index"] = 0, ["id"] = "call_1", ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = body["tools"]![0]!["function"]!["name"]!.DeepClone(), ["arguments"] = arguments },
        };
        var isStream = (bool?)body["stream"] is true;
        var message = new JsonObject { ["role"] = "assistant", ["content"] = null, ["tool_calls"] = new JsonArray(call) };
        var chunk = new JsonObject
        {
            ["id"] = "1", ["object"] = "chat.completion", ["model"] = "m",
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0, [isStream ? "delta" : "message"] = message, ["finish_reason"] = "tool_calls",
            }),
        }.ToJsonString();
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = isStream
                ? new StringContent($"data: {chunk}\n\ndata: [DONE]\n\n", Encoding.UTF8, "text/event-stream")
                : new StringContent(chunk, Encoding.UTF8, "application/json"),
        };
    }
}
