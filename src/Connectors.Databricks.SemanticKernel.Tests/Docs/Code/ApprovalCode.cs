using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Docs.Code;

/// <summary>What docs/semantic-kernel.md shows of approval requests of agents.</summary>
public static class ApprovalCode
{
    public static async Task<ChatMessageContent> DecideAsync(IChatCompletionService chat, ChatHistory history, Func<string, bool> isAllowed)
    {
        // <kernel-approvals>
        ChatMessageContent answer = await chat.GetChatMessageContentAsync(history);
        history.Add(answer);
        foreach (var request in answer.Items.Where(item => item.Metadata?.ContainsKey("ApprovalRequestId") is true).ToList())
        {
            var decision = new TextContent
            {
                Metadata = new Dictionary<string, object?>
                {
                    ["ApprovalRequestId"] = request.Metadata!["ApprovalRequestId"],
                    ["Approved"] = isAllowed($"{request.Metadata["ToolName"]}({request.Metadata["Arguments"]})"),
                },
            };
            history.Add(new ChatMessageContent(AuthorRole.User, [decision]));
        }

        answer = await chat.GetChatMessageContentAsync(history);
        // </kernel-approvals>
        return answer;
    }
}
