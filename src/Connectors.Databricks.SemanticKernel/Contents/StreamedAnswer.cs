using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>The response of a stream.</summary>
/// <param name="messages">Its messages; the last one has the calls for the app.</param>
/// <param name="earlierText">The text of the turn before it, which an app that joins all updates has in its message, too.</param>
internal sealed class StreamedAnswer(IReadOnlyList<ChatMessageContent> messages, string earlierText)
{
    private readonly string _text = string.Concat(messages.Where(message => message.Role != AuthorRole.Tool).Select(TextOf));

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

    private bool HasText(string text) =>
        text == _text || (text.Length == earlierText.Length + _text.Length &&
            text.StartsWith(earlierText, StringComparison.Ordinal) && text.EndsWith(_text, StringComparison.Ordinal));

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
