using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

public class UntouchedArgumentsTests
{
    [Fact]
    public async Task Messages_are_left_as_they_were()
    {
        IList<ChatMessage> messages =
        [
            new(
                ChatRole.User,
                [
                    new TextContent("Look:"),
                    new DataContent(new byte[] { 1, 2, 3 }, "image/png") { AdditionalProperties = new() { ["detail"] = "low" } },
                ]),
            new(ChatRole.System, "Be kind.") { AuthorName = "Ada" },
            new(ChatRole.Assistant, [
                new TextReasoningContent("Hm.") { ProtectedData = "databricks:signature:s" },
                new TextContent(""),
                new FunctionCallContent(
                    "call_1", "f", new Dictionary<string,
                    object?> { ["a"] = 1 }) { AdditionalProperties = new() { ["raw_arguments"] = "{" } },
                new UsageContent(new UsageDetails { InputTokenCount = 1 }),
            ]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", JsonElement.Parse("""{"b":[2]}"""))]),
        ];
        var before = Serialized(messages);

        await Outgoing.Request(messages, new ChatOptions { Instructions = "Be brief." });

        Assert.Equal(before, Serialized(messages));
    }

    [Fact]
    public async Task Options_are_left_as_they_were()
    {
        var options = FullOptions();
        var before = Serialized(options);

        await Outgoing.Request(Some.Question(), options);

        Assert.Equal(before, Serialized(options));
    }

    [Fact]
    public async Task Options_of_a_stream_are_left_as_they_were()
    {
        var options = FullOptions();
        var before = Serialized(options);

        await Outgoing.StreamRequest(Some.Question(), options);

        Assert.Equal(before, Serialized(options));
    }

    [Fact]
    public async Task The_list_of_tools_is_left_as_it_was()
    {
        var tool = Requests.ToolsToWireTests.Declaration("f");
        List<AITool> tools = [tool];

        await Outgoing.Request(Some.Question(), new ChatOptions { Tools = tools, AdditionalProperties = new() { ["strict"] = true } });

        Assert.Same(tool, Assert.Single(tools));
    }

    private static ChatOptions FullOptions() => new()
    {
        ConversationId = "conversation-1",
        Instructions = "Be brief.",
        Temperature = 0.5f,
        MaxOutputTokens = 5000,
        TopP = 0.5f,
        TopK = 3,
        FrequencyPenalty = 0.1f,
        PresencePenalty = 0.1f,
        Seed = 1,
        ModelId = "databricks-claude-sonnet-4-5",
        StopSequences = ["END"],
        Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High, Output = ReasoningOutput.Full },
        ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object"}"""), "odd name"),
        AllowMultipleToolCalls = true,
        ToolMode = ChatToolMode.Auto,
        AdditionalProperties = new() { ["strict"] = true, ["user"] = "u1", ["temperature"] = 1, ["stream_options"] = null },
    };

    private static string Serialized<T>(T value) => JsonSerializer.Serialize(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T)));
}
