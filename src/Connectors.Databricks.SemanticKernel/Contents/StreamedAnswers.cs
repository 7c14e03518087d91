using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using AI = Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>
/// Keeps the responses of streams for the messages that apps create from them: such a message has the text and the function calls, without
/// the items and signatures that go back to the endpoint.
/// </summary>
/// <remarks>
/// A response belongs to the message before it, which the history of the app holds: it is not found from another conversation, and is
/// collected with the history. A history that was saved has the message as the app created it.
/// </remarks>
internal sealed class StreamedAnswers
{
    private readonly ConditionalWeakTable<ChatMessageContent, StreamedAnswer> _answers = [];

    /// <summary>Whether a content has more than a message that an app creates: a call has the types of its arguments.</summary>
    public static bool IsNeeded(IList<AIContent> contents)
    {
        // By index: this is done for every update of a stream.
        for (var i = 0; i < contents.Count; i++)
        {
            if (contents[i] is TextReasoningContent { ProtectedData: not null } or AI.FunctionCallContent
                or { AdditionalProperties.Count: > 0 })
            {
                return true;
            }
        }

        return false;
    }

    public void Add(ChatMessageContent before, StreamedAnswer answer) => _answers.AddOrUpdate(before, answer);

    /// <summary>Returns the messages of the response that an app created a message from, or the message itself.</summary>
    public IReadOnlyList<ChatMessageContent> Find(ChatMessageContent? before, ChatMessageContent message) =>
        before is not null && message.Role == AuthorRole.Assistant && _answers.TryGetValue(before, out var answer)
            ? answer.InPlaceOf(message) ?? [message]
            : [message];
}
