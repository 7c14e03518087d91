using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Outbound;

public class AllocationTests
{
    private const int ImageSize = 10 * 1024 * 1024;

    [Fact]
    public void An_image_is_encoded_into_the_request_and_nowhere_else()
    {
        var chat = ChatThatReadsAndForgets();
        var messages = new ChatMessage[] { new(ChatRole.User, [new DataContent(new byte[ImageSize], "image/png")]) };
        AllocatedBy(chat, messages);

        var allocated = AllocatedBy(chat, messages);

        // Base64 is four thirds of the bytes, and pooled segments make it less. The image as one string would be twice as much.
        Assert.InRange(allocated, 0, (long)(1.4 * ImageSize));
    }

    // Nothing here waits for anything, so the whole call runs on this thread and is counted.
    private static long AllocatedBy(IChatClient chat, ChatMessage[] messages)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var call = chat.GetResponseAsync(messages);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(call.IsCompletedSuccessfully);
        return allocated;
    }

    private static IChatClient ChatThatReadsAndForgets() => new DatabricksServingClient(new DatabricksServingOptions
    {
        Host = Some.Host,
        Credential = DatabricksCredential.FromToken(Some.Token),
        HttpClient = new HttpClient(new ForgettingService()) { Timeout = Timeout.InfiniteTimeSpan },
        MaxRetries = 0,
    }).GetChatClient(VerbatimService.EndpointName);

    private sealed class ForgettingService : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Some.ChatBody) };
        }
    }
}
