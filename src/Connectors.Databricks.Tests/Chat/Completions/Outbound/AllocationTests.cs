using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

public class AllocationTests
{
    private const int ImageSize = 10 * 1024 * 1024;

    [Fact]
    public void An_image_is_encoded_into_the_request_and_nowhere_else()
    {
        var chat = ChatThatReadsAndForgets();
        var messages = new ChatMessage[] { new(ChatRole.User, [new DataContent(new byte[ImageSize], "image/png")]) };

        // The first calls fill the pool, and another test may empty it: the least of several is what a call costs by itself.
        var allocated = Enumerable.Range(0, 5).Min(_ => AllocatedBy(chat, messages));

        // Pooled segments take the base64. One copy of the image anywhere, raw or encoded, breaks the bound.
        Assert.InRange(allocated, 0, ImageSize / 4);
    }

    [Theory]
    [InlineData("databricks-meta-llama-3-3-70b-instruct")]
    [InlineData("databricks-claude-sonnet-4-5")]
    [InlineData("databricks-gemini-3-1-pro")]
    [InlineData("databricks-gpt-5-2")]
    [InlineData("databricks-gpt-oss-120b")]
    public void A_request_that_needs_no_shaping_pays_for_none(string endpoint)
    {
        ChatMessage[] messages =
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, "One?"), new(ChatRole.Assistant, "One."), new(ChatRole.User, "Two?")];
        var options = new ChatOptions
        {
            MaxOutputTokens = 100,
            Tools = [AIFunctionFactory.Create((string city) => city, "f", "d")],
            ToolMode = ChatToolMode.Auto,
        };
        var known = ChatThatReadsAndForgets(endpoint);
        var bare = ChatThatReadsAndForgets(endpoint, settings => settings.Chat.ShapeRequests = false);

        // Code that is recompiled meanwhile allocates less, so both are measured in turns until they agree.
        Assert.Contains(Enumerable.Range(0, 200), _ => AllocatedBy(bare, messages, options) == AllocatedBy(known, messages, options));
    }

    // Nothing here waits for anything, so the whole call runs on this thread and is counted.
    private static long AllocatedBy(IChatClient chat, ChatMessage[] messages, ChatOptions? options = null)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var call = chat.GetResponseAsync(messages, options);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(call.IsCompletedSuccessfully);
        return allocated;
    }

    private static IChatClient ChatThatReadsAndForgets(
        string endpointName = VerbatimService.EndpointName, Action<DatabricksServingOptions>? configure = null)
    {
        var options = new DatabricksServingOptions
        {
            Host = Some.Host,
            Credential = DatabricksCredential.FromToken(Some.Token),
            HttpClient = new HttpClient(new ForgettingService()) { Timeout = Timeout.InfiniteTimeSpan },
            Resilience = { Retry = null },
        };
        configure?.Invoke(options);
        return new DatabricksServingClient(options).GetChatClient(endpointName);
    }

    private sealed class ForgettingService : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Some.ChatBody) };
        }
    }
}
