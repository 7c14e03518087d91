using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using AI = Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>Turns the updates of one request into streaming messages.</summary>
/// <param name="requestIndex">Which request of the turn it is: functions that a model calls lead to another one.</param>
/// <param name="hasChoices">Whether several choices were requested; each then has its index.</param>
internal sealed class UpdateFromChat(int requestIndex, bool hasChoices)
{
    private readonly List<string> _messageIds = [];
    private int _calls;

    public StreamingChatMessageContent Read(ChatResponseUpdate update)
    {
        var message = new StreamingChatMessageContent(
            update.Role is { } role ? new AuthorRole(role.Value) : null, content: null, update.RawRepresentation ?? update,
            ChoiceOf(update), update.ModelId, Encoding.UTF8, new UpdateMetadata(update))
        {
            AuthorName = update.AuthorName,
        };

        // By index: an enumerator would be allocated for each update.
        var contents = AnswerFromChat.Joined(update.Contents);
        for (var i = 0; i < contents.Count; i++)
        {
            var content = contents[i];
            if (Item(content) is { } item)
            {
                item.ModelId = update.ModelId;
                item.ChoiceIndex = message.ChoiceIndex;
                item.InnerContent = content.RawRepresentation ?? content;
                message.Items.Add(item);
            }
        }

        return message;
    }

    private int ChoiceOf(ChatResponseUpdate update)
    {
        if (!hasChoices || update.MessageId is not { } id)
        {
            return 0;
        }

        var index = _messageIds.IndexOf(id);
        if (index < 0)
        {
            _messageIds.Add(id);
            index = _messageIds.Count - 1;
        }

        return index;
    }

    private StreamingKernelContent? Item(AIContent content) => content switch
    {
        AI.TextContent text => new StreamingTextContent(text.Text),
        TextReasoningContent reasoning => new StreamingReasoningContent(reasoning.Text)
        {
            Metadata = ItemFromChat.ReasoningMetadata(reasoning),
        },
        AI.FunctionCallContent call => new StreamingFunctionCallUpdateContent(call.CallId, call.Name, Arguments(call), _calls++)
        {
            RequestIndex = requestIndex,
            Metadata = call.AdditionalProperties,
        },
        ErrorContent error => new StreamingTextContent(error.Message),
        ToolApprovalRequestContent approval when Approvals.MetadataOf(approval) is { } metadata =>
            new StreamingReasoningContent(string.Empty) { Metadata = metadata },
        _ => null,
    };

    private static string Arguments(AI.FunctionCallContent call) =>
        call.AdditionalProperties?.GetValueOrDefault(DatabricksPropertyNames.RawArguments) as string
        ?? (call.Arguments is { } arguments ? FunctionCallFromChat.TypedArguments(arguments).GetRawText() : string.Empty);
}
