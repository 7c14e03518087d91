using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Cases;

/// <summary>
/// A tool that requires approval and whose name the model rejects: the app approves it by its own name. Case K2, source:
/// https://github.com/microsoft/foundry-dev-tools/issues/723.
/// </summary>
public class ApprovalNameCaseTests
{
    private const string Long = "product_management_notion_workspace_plugin-get_database_query_results_page_by_id";

    [Theory]
    [InlineData("databricks-gpt-5-2", Long, false)]
    [InlineData("databricks-gpt-5-2", Long, true)]
    [InlineData("databricks-gpt-5-2", "local.netcore.getMacroList", false)]
    [InlineData("databricks-gpt-5-2", "local.netcore.getMacroList", true)]
    [InlineData("databricks-gemini-3-5-flash", "3d_print", false)]
    [InlineData("databricks-gemini-3-5-flash", "3d_print", true)]
    public async Task The_request_for_approval_has_the_name_of_the_tool_and_the_approved_tool_runs(
        string endpoint, string name, bool isStream)
    {
        var runs = 0;
        var tool = new ApprovalRequiredAIFunction(AIFunctionFactory.Create(() => $"done {++runs}", name, "d"));
        var service = new CallingService(_ => { });
        using var chat = service.Chat(endpoint).AsBuilder().UseFunctionInvocation().Build();
        List<ChatMessage> history = [new(ChatRole.User, "Hello?")];

        var asked = await RespondAsync(chat, history, tool, isStream);
        var request = Assert.Single(asked.Messages.SelectMany(message => message.Contents).OfType<ToolApprovalRequestContent>());
        Assert.Equal((name, 0), (Assert.IsType<FunctionCallContent>(request.ToolCall).Name, runs));
        history.AddRange([.. asked.Messages, new(ChatRole.User, [request.CreateResponse(approved: true)])]);
        await RespondAsync(chat, history, tool, isStream);

        Assert.Equal(1, runs);
        var onWire = (string?)service.Bodies[0]["tools"]![0]!["function"]!["name"];
        Assert.NotEqual(name, onWire);
        Assert.Equal(onWire, (string?)service.Bodies[1]["tools"]![0]!["function"]!["name"]);
        Assert.Equal(onWire, (string?)service.Bodies[1]["messages"]![1]!["tool_calls"]![0]!["function"]!["name"]);
        Assert.Equal("done 1", (string?)service.Bodies[1]["messages"]![2]!["content"]);
    }

    private static async Task<ChatResponse> RespondAsync(IChatClient chat, List<ChatMessage> history, AITool tool, bool isStream)
    {
        var options = new ChatOptions { Tools = [tool] };
        return isStream
            ? await chat.GetStreamingResponseAsync(history, options).ToChatResponseAsync()
            : await chat.GetResponseAsync(history, options);
    }
}
