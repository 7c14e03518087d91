using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Chat.Shaping;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Cases;

/// <summary>
/// Names of tools that a host rejects. Sources: https://github.com/github/copilot-sdk/issues/743,
/// https://github.com/microsoft/foundry-dev-tools/issues/723, https://github.com/langchain-ai/deepagents/pull/5953,
/// https://github.com/cline/cline/issues/7339.
/// </summary>
public partial class ToolNameCaseTests
{
    private const string Long = "mcp__plugin_product-management_notion__notion-get-database-query-results-page";

    [Theory]
    [InlineData("N1-24", "databricks-claude-sonnet-4-5", Long)]
    [InlineData("N1-25", "databricks-gpt-5-2", "local.netcore.getMacroList")]
    [InlineData("N1-26", "databricks-gpt-5-2", Long)]
    [InlineData("N1-27", "databricks-gemini-3-5-flash", "3d_print")]
    [InlineData("N1-28", "databricks-gemini-3-5-flash", Long)]
    [InlineData("native", "databricks-meta-llama-3-3-70b-instruct", "todoist/find-tasks")]
    public async Task A_name_is_replaced_in_the_tool_the_choice_and_the_history_and_restored_in_the_call(
        string id, string endpoint, string name)
    {
        Assert.NotEmpty(id);
        string? onWire = null;
        var service = new CallingService(body => onWire = (string)body["tools"]![0]!["function"]!["name"]!);
        var chat = service.Chat(endpoint);
        var options = new ChatOptions { Tools = [Tool(name)], ToolMode = ChatToolMode.RequireSpecific(name) };
        List<ChatMessage> history = [new(ChatRole.User, "Hello?")];

        var response = await chat.GetResponseAsync(history, options);
        history.AddRange(response.Messages);
        history.Add(new(ChatRole.Tool, [new FunctionResultContent("call_1", "done")]));
        var streamed = await chat.GetStreamingResponseAsync(history, options).ToChatResponseAsync();

        Assert.Matches(Everywhere(), onWire);
        Assert.Equal([name], Calls(response));
        Assert.Equal([name], Calls(streamed));
        Assert.All(service.Bodies, body =>
        {
            Assert.Equal(onWire, (string?)body["tools"]![0]!["function"]!["name"]);
            Assert.Equal(onWire, (string?)body["tool_choice"]!["function"]!["name"]);
        });
        Assert.Equal(onWire, (string?)service.Bodies[1]["messages"]![1]!["tool_calls"]![0]!["function"]!["name"]);
        Assert.Equal([$"tools.name sent as {onWire}"], response.GetRequestAdjustments().Select(Shaped.Told).Where(IsName));
        Assert.Equal($"'{name}' is no tool name for the model; calls get it back", response.GetRequestAdjustments().First(IsOfName).Reason);
    }

    [Fact]
    public async Task A_name_that_the_model_accepts_is_sent_as_it_is()
    {
        var service = new CallingService(body => Assert.Equal("a.b:c-d_e", (string?)body["tools"]![0]!["function"]!["name"]));

        var options = new ChatOptions { Tools = [Tool("a.b:c-d_e")] };
        var response = await service.Chat("databricks-gemini-3-5-flash").GetResponseAsync("Hello?", options);

        Assert.DoesNotContain(response.GetRequestAdjustments(), IsOfName);
    }

    [Fact]
    public async Task Names_that_differ_in_replaced_characters_stay_apart()
    {
        string[] names = ["a.b", "a/b", "a_b", "a:b"];
        var service = new CallingService(_ => { });

        await service.Chat("databricks-gpt-5-2").GetResponseAsync("Hello?", new ChatOptions { Tools = [.. names.Select(Tool)] });

        var sent = service.Bodies[0]["tools"]!.AsArray().Select(tool => (string)tool!["function"]!["name"]!).ToList();
        Assert.Equal(4, sent.Distinct().Count());
        Assert.Equal("a_b", sent[2]);
    }

    [Fact]
    public async Task A_name_is_replaced_the_same_way_whatever_else_is_offered()
    {
        var service = new CallingService(_ => { });
        var chat = service.Chat("databricks-gpt-5-2");
        List<ChatMessage> history =
        [
            new(ChatRole.User, "Hello?"), new(ChatRole.Assistant, [new FunctionCallContent("call_0", Long)]),
            new(ChatRole.Tool, [new FunctionResultContent("call_0", "done")]),
        ];

        await chat.GetResponseAsync(history, new ChatOptions { Tools = [Tool("a.b"), Tool(Long)] });
        await chat.GetResponseAsync(history, new ChatOptions { Tools = [Tool("other")] });

        Assert.Equal(
            (string?)service.Bodies[0]["tools"]![1]!["function"]!["name"],
            (string?)service.Bodies[1]["messages"]![1]!["tool_calls"]![0]!["function"]!["name"]);
    }

    [Theory]
    [InlineData("Value 'Complete Session' at 'toolConfig.tools.1.member.toolSpec.name' failed to satisfy constraint: Member must …")]
    [InlineData("Invalid 'tools[0].function.name': string does not match pattern. Expected a string that matches …")]
    [InlineData("Invalid 'tools[0].function.name': string too long. Expected a string with maximum length 64, but got …")]
    [InlineData("tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'")]
    [InlineData("* GenerateContentRequest.tools[0].function_declarations[0].name: Invalid function name. Must start with a letter or …")]
    public async Task A_rejected_name_is_replaced_at_an_unknown_model(string message)
    {
        var service = new VerbatimService()
            .Answers(new JsonObject { ["message"] = message }.ToJsonString(), HttpStatusCode.BadRequest).Answers(Some.ChatBody);

        var options = new ChatOptions { Tools = [Tool("Complete Session")] };
        await service.Client().GetChatClient("prod-chat").GetResponseAsync("Hello?", options);

        Assert.Equal("Complete_Session_711A0694", (string?)JsonNode.Parse(service.Sent[1].Body)!["tools"]![0]!["function"]!["name"]);
    }

    [Fact]
    public async Task Renamed_parameters_are_restored_in_calls_and_renamed_again_in_histories()
    {
        var service = new CallingService(_ => { }, """{"_top":5,"filter_id_":"x"}""");
        var chat = service.Chat("databricks-claude-sonnet-4-5");
        var tool = AIFunctionFactory.CreateDeclaration("f", "d", System.Text.Json.JsonElement.Parse(
            """{"type":"object","properties":{"$top":{"type":"integer"},"filter[id]":{"type":"string"}},"required":["$top"]}"""));
        List<ChatMessage> history = [new(ChatRole.User, "Hello?")];

        var response = await chat.GetResponseAsync(history, new ChatOptions { Tools = [tool] });
        history.AddRange(response.Messages);
        history.Add(new(ChatRole.Tool, [new FunctionResultContent("call_1", "done")]));
        var streamed = await chat.GetStreamingResponseAsync(history, new ChatOptions { Tools = [tool] }).ToChatResponseAsync();

        foreach (var answer in (ChatResponse[])[response, streamed])
        {
            var call = answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Single();
            Assert.Equal(["$top", "filter[id]"], call.Arguments!.Keys);
        }

        Assert.Equal("""["_top"]""", service.Bodies[0]["tools"]![0]!["function"]!["parameters"]!["required"]!.ToJsonString());
        JsonText.AssertEqual(
            """{"_top":5,"filter_id_":"x"}""", (string)service.Bodies[1]["messages"]![1]!["tool_calls"]![0]!["function"]!["arguments"]!);
    }

    private static bool IsName(string change) => change.StartsWith("tools.name", StringComparison.Ordinal);

    private static bool IsOfName(DatabricksRequestAdjustment adjustment) => adjustment.Field == "tools.name";

    private static List<string> Calls(ChatResponse response) =>
        [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Select(call => call.Name)];

    private static AIFunctionDeclaration Tool(string name) =>
        AIFunctionFactory.CreateDeclaration(name, "d", System.Text.Json.JsonElement.Parse("""{"type":"object"}"""));

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$")]
    private static partial Regex Everywhere();
}
