using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using AI = Microsoft.Extensions.AI;
using FunctionCallContent = Microsoft.SemanticKernel.FunctionCallContent;
using TextContent = Microsoft.SemanticKernel.TextContent;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>The response of a stream.</summary>
/// <param name="messages">Its messages; the last one has the calls for the app.</param>
/// <param name="text">The text of its updates.</param>
/// <param name="earlierText">The text of the turn before it, which an app that joins all updates has in its message, too.</param>
internal sealed class StreamedAnswer(IReadOnlyList<ChatMessageContent> messages, string text, string earlierText)
{
    /// <summary>The text of updates as apps join it: the content of a streaming message is its first text alone.</summary>
    public static string TextOf(IEnumerable<ChatResponseUpdate> updates) => string.Concat(
        updates.Select(update => AnswerFromChat.Joined(update.Contents).Select(TextOf).FirstOrDefault(one => one is not null)));

    private static string? TextOf(AIContent content) => (content as AI.TextContent)?.Text ?? (content as ErrorContent)?.Message;

    /// <summary>The messages, with the calls of the one that an app created; null when that has another text or other calls.</summary>
    public IReadOnlyList<ChatMessageContent>? InPlaceOf(ChatMessageContent message)
    {
        var calls = message.Items.OfType<FunctionCallContent>().ToList();
        if (!message.Items.All(IsPlain) || !HasText(TextOf(message)) || !calls.Select(IdOf).SequenceEqual(CallsOf(messages[^1])))
        {
            return null;
        }

        return calls.Count == 0 ? messages : [.. messages.SkipLast(1), WithCalls(messages[^1], calls)];
    }

    private bool HasText(string joined) =>
        joined == text || (joined.Length == earlierText.Length + text.Length &&
            joined.StartsWith(earlierText, StringComparison.Ordinal) && joined.EndsWith(text, StringComparison.Ordinal));

    // As they are now: an app may have changed the arguments, which are compared when the call is sent.
    private static ChatMessageContent WithCalls(ChatMessageContent message, List<FunctionCallContent> calls)
    {
        var next = 0;
        return new ChatMessageContent(message.Role, [.. message.Items.Select(item => item is FunctionCallContent own
            ? new FunctionCallContent(calls[next].FunctionName, calls[next].PluginName, own.Id, calls[next].Arguments)
            {
                Exception = calls[next++].Exception,
                Metadata = own.Metadata,
            }
            : item)]);
    }

    private static bool IsPlain(KernelContent item) =>
        item is TextContent or FunctionCallContent && item.Metadata?.ContainsKey(DatabricksPropertyNames.ResponseItem) is not true;

    private static string TextOf(ChatMessageContent message) =>
        string.Concat(message.Items.OfType<TextContent>().Select(text => text.Text));

    private static IEnumerable<string?> CallsOf(ChatMessageContent message) => message.Items.OfType<FunctionCallContent>().Select(IdOf);

    private static string? IdOf(FunctionCallContent call) => call.Id;
}
