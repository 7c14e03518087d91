using System.Text.Json;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Chat;

public class ReasoningTests
{
    private static readonly DatabricksPromptExecutionSettings Thinking =
        new() { ThinkingBudget = 1024, FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    /// <summary>What Claude thinks on the way to a call, escapes and all: the seal on it is good for these bytes alone.</summary>
    private const string Thought = "Bonn — \"the\" <city>?\n\tZwölf Grad & 🌧";

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Reasoning_survives_a_conversation_with_tools_byte_for_byte(bool streams, bool isStored)
    {
        await using var fixture = await EmulatedKernel.StartAsync();
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""", reasoning: Thought).Replies("Sunny.").Replies("Bye.");
        ChatHistory history = [new(AuthorRole.User, "Weather in Bonn?")];

        history.Add(await AnswerAsync(fixture, history, streams));
        var inTheFirstTurn = Assistant(fixture, request: 1);
        if (isStored)
        {
            history = JsonSerializer.Deserialize<ChatHistory>(JsonSerializer.Serialize(history))!;
        }

        history.AddUserMessage("Thank you.");
        await AnswerAsync(fixture, history, streams);
        var inTheSecondTurn = Assistant(fixture, request: 2);

        var thought = JsonDocument.Parse(inTheFirstTurn).RootElement.GetProperty("content")[0].GetProperty("summary")[0];
        Assert.Equal(Thought, thought.GetProperty("text").GetString());
        Assert.NotEmpty(thought.GetProperty("signature").GetString()!);
        Assert.Equal(inTheFirstTurn, inTheSecondTurn);
        Assert.All(fixture.Endpoint.Requests, request => Assert.Equal(200, request.StatusCode));
    }

    private static async Task<ChatMessageContent> AnswerAsync(EmulatedKernel fixture, ChatHistory history, bool streams)
    {
        if (!streams)
        {
            return await fixture.Chat.GetChatMessageContentAsync(history, Thinking, fixture.Kernel);
        }

        var text = "";
        await foreach (var update in fixture.Chat.GetStreamingChatMessageContentsAsync(history, Thinking, fixture.Kernel))
        {
            text += update.Content;
        }

        return new ChatMessageContent(AuthorRole.Assistant, text);
    }

    // As it was written, to the byte.
    private static string Assistant(EmulatedKernel fixture, int request)
    {
        using var document = JsonDocument.Parse(fixture.Endpoint.Requests[request].Body);
        return document.RootElement.GetProperty("messages")[1].GetRawText();
    }

    [Fact]
    public async Task Reasoning_of_a_final_answer_precedes_the_text_in_its_items()
    {
        await using var fixture = await EmulatedKernel.StartAsync();
        fixture.Endpoint.Replies("Sunny.", reasoning: "Look outside.");

        var answer = await fixture.Chat.GetChatMessageContentAsync("Weather?", Thinking, fixture.Kernel);

        Assert.Equal([typeof(ReasoningContent), typeof(TextContent)], answer.Items.Select(item => item.GetType()));
        Assert.Equal("Look outside.", ((ReasoningContent)answer.Items[0]).Text);
        Assert.Equal("Sunny.", answer.Content);
    }

    [Fact]
    public async Task Reasoning_streams_ahead_of_the_text_and_its_signature_comes_along()
    {
        await using var fixture = await EmulatedKernel.StartAsync();
        fixture.Endpoint.Replies("Sunny.", reasoning: "Look outside.");
        List<StreamingKernelContent> items = [];

        await foreach (var update in fixture.Chat.GetStreamingChatMessageContentsAsync("Weather?", Thinking, fixture.Kernel))
        {
            items.AddRange(update.Items);
        }

        var thoughts = items.OfType<StreamingReasoningContent>().ToList();
        Assert.Equal("Look outside.", string.Concat(thoughts.Select(thought => thought.Text)));
        Assert.Contains(thoughts, thought => thought.Metadata?.ContainsKey("ProtectedData") is true);
        Assert.Equal("Sunny.", string.Concat(items.OfType<StreamingTextContent>().Select(text => text.Text)));
        Assert.True(items.FindIndex(item => item is StreamingTextContent) > items.FindIndex(item => item is StreamingReasoningContent));
    }

    [Fact]
    public async Task Reasoning_of_another_provider_stays_home()
    {
        await using var fixture = await EmulatedKernel.StartAsync();
        ChatHistory history =
        [
            new(AuthorRole.User, "Hello"),
            new(AuthorRole.Assistant, [new ReasoningContent("Theirs."), new TextContent("Hello!")]),
            new(AuthorRole.User, "Bye"),
        ];

        await fixture.Chat.GetChatMessageContentAsync(history, kernel: fixture.Kernel);

        Assert.Equal("""{"role":"assistant","content":"Hello!"}""", Assistant(fixture, request: 0));
    }
}
