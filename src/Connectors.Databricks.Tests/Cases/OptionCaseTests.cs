using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.Chat.Shaping;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Cases;

/// <summary>Options and tools of public bug reports that a host rejects together, or after another package has changed them.</summary>
public class OptionCaseTests
{
    [Theory] // https://github.com/vercel/ai/issues/11227, https://github.com/langchain-ai/langchain-aws/issues/925
    [InlineData("databricks-claude-sonnet-4-5")]
    [InlineData("databricks-claude-opus-4-7")]
    public async Task C6_a_forced_tool_turns_thinking_off(string endpoint)
    {
        var (body, told) = await SendAsync(endpoint, """{"type":"object","properties":{}}""", new ChatOptions
        {
            Reasoning = new() { Effort = ReasoningEffort.Medium },
            ToolMode = ChatToolMode.RequireAny,
        });

        Assert.Equal("required", (string?)body["tool_choice"]);
        Assert.Null(body["thinking"]);
        Assert.Null(body["reasoning_effort"]);
        Assert.Equal(["thinking left out with a forced tool choice!"], told);
    }

    [Fact] // https://github.com/microsoft/semantic-kernel/issues/13447
    public async Task K1_a_reference_without_its_definition_is_left_out()
    {
        var (body, told) = await SendAsync(
            "databricks-claude-sonnet-4-5", """{"type":"object","properties":{"c":{"$ref":"#/$defs/C"}}}""", new ChatOptions());

        Assert.DoesNotContain("$ref", body["tools"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["tools.parameters a dangling $ref removed"], told);
    }

    private static async Task<(JsonNode Body, IEnumerable<string> Told)> SendAsync(string endpoint, string schema, ChatOptions options)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        options.Tools = [AIFunctionFactory.CreateDeclaration("f", "d", JsonElement.Parse(schema))];
        var response = await service.Client().GetChatClient(endpoint).GetResponseAsync("Hello?", options);
        return (JsonNode.Parse(service.Sent[0].Body)!, response.GetRequestAdjustments().Select(Shaped.Told));
    }
}
