using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

/// <summary>What leaves for the service, and what is refused before anything leaves.</summary>
internal static class Outgoing
{
    /// <summary>The request of one call, as it was sent.</summary>
    public static async Task<VerbatimService.SentRequest> Request(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, Action<DatabricksServingOptions>? configure = null)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        await service.Chat(configure).GetResponseAsync(messages, options);
        return Assert.Single(service.Sent);
    }

    /// <summary>The request of one streaming call, as it was sent.</summary>
    public static async Task<VerbatimService.SentRequest> StreamRequest(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, Action<DatabricksServingOptions>? configure = null)
    {
        var service = new VerbatimService().Streams("data: [DONE]\n\n");
        try
        {
            await foreach (var _ in service.Chat(configure).GetStreamingResponseAsync(messages, options))
            {
            }
        }
        catch (DatabricksServingException)
        {
            // The answer is empty, and these tests are about the question.
        }

        return Assert.Single(service.Sent);
    }

    /// <summary>The exception with which a call is refused before it is sent.</summary>
    public static async Task<TException> Refusal<TException>(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, Action<DatabricksServingOptions>? configure = null)
        where TException : Exception
    {
        var service = new VerbatimService();
        var exception = await Assert.ThrowsAsync<TException>(() => service.Chat(configure).GetResponseAsync(messages, options));
        Assert.Empty(service.Sent);
        return exception;
    }

    /// <summary>A question with options.</summary>
    public static Task Sends(string request, ChatOptions options) => Exchange.Sends(request, Some.Question(), options);

    public static Task<TException> Refusal<TException>(ChatOptions options)
        where TException : Exception => Refusal<TException>(Some.Question(), options);
}
