using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.Chat.Shaping;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Cases;

/// <summary>Conversations of public bug reports that a host rejects.</summary>
public class ConversationCaseTests
{
    [Fact] // https://github.com/dotnet/extensions/issues/6753
    public async Task H3_a_call_without_a_result_gets_one()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        List<ChatMessage> history =
        [
            new(ChatRole.User, "Hello?"),
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "f"), new FunctionCallContent("c2", "f")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "done")]),
            new(ChatRole.User, "And now?"),
        ];

        var response = await service.Client().GetChatClient("databricks-gpt-5-2").GetResponseAsync(history);

        var messages = JsonNode.Parse(service.Sent[0].Body)!["messages"]!.AsArray();
        Assert.Equal(["c1", "c2"], messages.Select(message => (string?)message!["tool_call_id"]).OfType<string>());
        Assert.NotEmpty(response.GetRequestAdjustments().Select(Shaped.Told));
    }
}
