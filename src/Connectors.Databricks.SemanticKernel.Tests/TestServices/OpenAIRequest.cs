using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace Connectors.Databricks.SemanticKernel.Tests.TestServices;

/// <summary>What Semantic Kernel's OpenAI connector sends, to compare with.</summary>
internal static class OpenAIRequest
{
    public static async Task<JsonObject> SentAsync(PromptExecutionSettings settings, Kernel? kernel = null)
    {
        using var handler = new Recorder();
        using var http = new HttpClient(handler);
        var chat = new OpenAIChatCompletionService("gpt-4o", "key", httpClient: http);
        await chat.GetChatMessageContentsAsync([new(Microsoft.SemanticKernel.ChatCompletion.AuthorRole.User, "Hello")], settings, kernel);
        return handler.Body!;
    }

    private sealed class Recorder : HttpMessageHandler
    {
        private const string Answer = """
            {"id":"r","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},
            "finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}
            """;

        public JsonObject? Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!.AsObject();
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Answer, Encoding.UTF8, "application/json") };
        }
    }
}
