using System.Text.Json.Nodes;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Chat;

/// <summary>Some models restart the numbering of tool calls in each turn, so that an id is unique only within its turn.</summary>
public class RepeatedIdTests
{
    private static readonly PromptExecutionSettings Auto = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_result_is_sent_when_its_id_occurred_in_an_earlier_turn(bool streams)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.RepliesRaw(Calls(("call_0", "Bonn")), streams).RepliesRaw(Calls(("call_0", "Ulm")), streams).Replies("Sunny.");
        ChatHistory history = [new(AuthorRole.User, "Weather in Bonn and Ulm?")];

        await fixture.AnswerAsync(history, Auto, streams);

        Assert.Equal(["Weather(Bonn)", "Weather(Ulm)"], fixture.City.Calls);
        Assert.Equal(["call_0: Sunny in Bonn", "call_0-1: Sunny in Ulm"], Results(fixture));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_calls_of_one_answer_with_the_same_id_have_a_result_each(bool streams)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.RepliesRaw(Calls(("call_0", "Bonn"), ("call_0", "Ulm")), streams).Replies("Sunny.");
        fixture.Endpoint.AcceptsAnything();

        await fixture.AnswerAsync([new(AuthorRole.User, "Weather?")], Auto, streams);

        Assert.Equal(["call_0: Sunny in Bonn", "call_0: Sunny in Ulm"], Results(fixture));
    }

    [Fact]
    public async Task A_result_that_the_history_holds_twice_is_sent_once()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        ChatHistory history =
        [
            new(AuthorRole.User, "Weather?"), Call("c"), Result("c", "first"), Result("c", "first"),
            new(AuthorRole.User, "And in Ulm?"), Call("c"), Result("c", "second"), Result("c", "second"),
        ];

        await fixture.Chat.GetChatMessageContentsAsync(history);

        Assert.Equal(["c: first", "c-1: second"], Results(fixture));
    }

    [Fact]
    public async Task Results_of_a_saved_history_of_an_OpenAI_app_are_sent_when_their_ids_repeat()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        ChatHistory history = [new(AuthorRole.User, "Weather?"), OldCall(), OldResult("first"), OldCall(), OldResult("second")];

        await fixture.Chat.GetChatMessageContentsAsync(history);

        Assert.Equal(["c: first", "c-1: second"], Results(fixture));
    }

    private static string Calls(params (string Id, string City)[] calls) =>
        new JsonArray([.. calls.Select(call => (JsonNode)new JsonObject
        {
            ["id"] = call.Id, ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = "City-Weather", ["arguments"] = $$"""{"city":"{{call.City}}"}""" },
        })]).ToJsonString();

    private static ChatMessageContent Call(string id) =>
        new(AuthorRole.Assistant, [new FunctionCallContent("Weather", "City", id, new KernelArguments { ["city"] = "Bonn" })]);

    private static ChatMessageContent Result(string id, string result) =>
        new(AuthorRole.Tool, [new FunctionResultContent("Weather", "City", id, result)]);

    private static ChatMessageContent OldCall() => new(AuthorRole.Assistant, content: null, metadata: new Dictionary<string, object?>
    {
        ["ChatResponseMessage.FunctionToolCalls"] =
            System.Text.Json.JsonDocument.Parse(
                """[{ "Id": "c", "Name": "City-Weather", "Arguments": "{\"city\":\"Bonn\"}" }]""").RootElement,
    });

    private static ChatMessageContent OldResult(string text) =>
        new(AuthorRole.Tool, text, metadata: new Dictionary<string, object?> { ["ChatCompletionsToolCall.Id"] = "c" });

    private static IEnumerable<string> Results(EmulatedKernel fixture) => fixture.Sent()["messages"]!.AsArray()
        .Where(message => (string?)message!["role"] == "tool").Select(message => $"{message!["tool_call_id"]}: {message["content"]}");
}
