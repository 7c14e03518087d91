using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>
/// One exchange with both documents in the test: sends a conversation, checks the request whole, gives back what was read.
/// </summary>
internal static class Exchange
{
    /// <summary>Sends and checks the request; the answer does not matter.</summary>
    public static async Task Sends(string request, IEnumerable<ChatMessage> messages, ChatOptions? options = null)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        await service.Chat().GetResponseAsync(messages, options);
        JsonText.AssertEqual(request, Assert.Single(service.Sent).Body);
    }

    /// <summary>Reads a whole body.</summary>
    public static Task<ChatResponse> Reads(string response, ChatOptions? options = null, params (string Name, string Value)[] headers) =>
        new VerbatimService().Answers(response, headers: headers).Chat().GetResponseAsync(Some.Question(), options);

    /// <summary>Reads a stream, given as the data of its events; the end marker must be among them if it is meant.</summary>
    public static Task<List<ChatResponseUpdate>> ReadsStream(params string[] data) => ReadsStream(null, data);

    public static Task<List<ChatResponseUpdate>> ReadsStream(ChatOptions? options, params string[] data) =>
        Collect(new VerbatimService().Streams(Events(data)).Chat(), options);

    public static string Events(params string[] data) => string.Concat(data.Select(item => $"data: {item}\n\n"));

    public static async Task<List<ChatResponseUpdate>> Collect(
        IChatClient chat, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in chat.GetStreamingResponseAsync(Some.Question(), options, cancellationToken))
        {
            updates.Add(update);
        }

        return updates;
    }
}
