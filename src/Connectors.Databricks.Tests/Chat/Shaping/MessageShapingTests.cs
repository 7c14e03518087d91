using Connectors.Databricks.Tests.Chat.Requests;
using Connectors.Databricks.Tests.Chat.Completions.Outbound;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Shaping;

public class MessageShapingTests
{
    private const string Note = "[An 'image' content was removed here, because the model does not support it.]";

    private static readonly Uri Address = new("https://example.com/a.png");

    [Theory]
    [InlineData("databricks:signature@databricks-claude-opus-4-8:s")]
    [InlineData("databricks:summary+@databricks-gpt-oss-120b:")]
    [InlineData("databricks:reasoning_content@databricks-inkling:")]
    public async Task Reasoning_of_another_endpoints_model_stays_home(string seal)
    {
        var thought = new TextReasoningContent("Hm.") { ProtectedData = seal };
        List<ChatMessage> history =
        [
            new(ChatRole.User, "One?"), new(ChatRole.Assistant, [thought, new TextContent("One.")]), new(ChatRole.User, "Two?"),
        ];
        var origin = seal.Split('@')[1].Split(':')[0];

        await Shaped.Sends(
            "databricks-claude-sonnet-4-5",
            """{"messages": [{"role": "user", "content": "One?"}, {"role": "assistant", "content": "One."}, {"role": "user", "content": "Two?"}]}""",
            history, null, [$"messages.reasoning reasoning of endpoint '{origin}' left out"]);

        Assert.Same(thought, history[1].Contents[0]);
    }

    [Theory]
    [InlineData("databricks:signature@databricks-claude-sonnet-4-5:s")]
    [InlineData("databricks:signature@my-claude-sonnet-4-5:s")]
    [InlineData("databricks:signature:s")]
    public Task Reasoning_of_the_same_model_goes_back(string seal) => Shaped.Sends(
        "databricks-claude-sonnet-4-5",
        """
        {"messages": [{"role": "user", "content": "Hello?"}, {"role": "assistant", "content": [
          {"type": "reasoning", "summary": [{"type": "summary_text", "text": "Hm.", "signature": "s"}]}, {"type": "text", "text": "One."}]}]}
        """,
        [.. Some.Question(), new(ChatRole.Assistant, [new TextReasoningContent("Hm.") { ProtectedData = seal }, new TextContent("One.")])],
        null, []);

    [Fact]
    public async Task Reasoning_says_where_it_is_from()
    {
        var service = new VerbatimService().Answers(
            """{"choices":[{"message":{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Hm.","signature":"s"}]}]}}]}""");

        var response = await service.Chat().GetResponseAsync("Hello?", new ChatOptions { ModelId = "my-claude" });

        Assert.Equal(
            "databricks:signature@my-claude:s", Assert.IsType<TextReasoningContent>(response.Messages[0].Contents[0]).ProtectedData);
    }

    [Fact]
    public Task An_image_that_the_model_cannot_take_is_the_services_affair() => Shaped.Sends(
        "databricks-gpt-oss-120b",
        """{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AQ=="}}]}]}""",
        [new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])], null, []);

    [Fact]
    public Task An_image_that_the_model_cannot_take_becomes_a_note_on_demand() => Shaped.Sends(
        "databricks-gpt-oss-120b",
        $$"""{"messages": [{"role": "user", "content": "{{Note}}"}]}""",
        [new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])], null, ["messages.image replaced by a note!"],
        options => options.Chat.ReplaceUnsupportedMedia = true);

    [Theory]
    [InlineData("databricks-claude-sonnet-4-5")]
    [InlineData("databricks-kimi-k3")]
    [InlineData("an-alias-of-mine")]
    public Task An_image_that_the_model_takes_or_may_take_goes(string endpoint) => Shaped.Sends(
        endpoint,
        """{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AQ=="}}]}]}""",
        [new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])], null, [],
        options => options.Chat.ReplaceUnsupportedMedia = true);

    [Fact]
    public async Task The_address_of_an_image_is_fetched_for_claude_by_the_callers_own_function()
    {
        List<Uri> fetched = [];
        List<ChatMessage> messages = [new(ChatRole.User, [new TextContent("What?"), new UriContent(Address, "image/png")])];

        await Shaped.Sends(
            "databricks-claude-sonnet-4-5",
            """
            {"messages": [{"role": "user", "content": [
              {"type": "text", "text": "What?"}, {"type": "image_url", "image_url": {"url": "data:image/png;base64,AQ=="}}]}]}
            """,
            messages, null, ["messages.image_url fetched, and sent as data"],
            options => options.Chat.FetchImage = (uri, _) =>
            {
                fetched.Add(uri);
                return Task.FromResult(new DataContent(new byte[] { 1 }, "image/png"));
            });

        Assert.Equal([Address], fetched);
        Assert.IsType<UriContent>(messages[0].Contents[1]);
    }

    [Theory]
    [InlineData("databricks-gpt-5-2")]
    [InlineData("an-alias-of-mine")]
    public Task The_address_of_an_image_goes_to_models_that_take_it(string endpoint) => Shaped.Sends(
        endpoint,
        """{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}]}]}""",
        [new(ChatRole.User, [new UriContent(Address, "image/png")])], null, [],
        options => options.Chat.FetchImage = (_, _) => throw new InvalidOperationException("Not expected."));

    [Fact]
    public async Task A_fetch_that_fails_is_the_callers_own_exception()
    {
        var chat = new VerbatimService().Client(options => options.Chat.FetchImage = (_, _) => throw new TimeoutException("Slow."))
            .GetChatClient("databricks-claude-sonnet-4-5");

        await Assert.ThrowsAsync<TimeoutException>(
            () => chat.GetResponseAsync([new ChatMessage(ChatRole.User, [new UriContent(Address, "image/png")])]));
    }

    [Fact]
    public Task A_system_message_that_comes_late_is_moved_and_told() => Shaped.Sends(
        "databricks-meta-llama-3-3-70b-instruct",
        """{"messages": [{"role": "system", "content": "One.\n\nTwo."}, {"role": "user", "content": "Hello?"}]}""",
        [new(ChatRole.System, "One."), new(ChatRole.User, "Hello?"), new(ChatRole.System, "Two.")], null,
        ["messages.system moved to the front"]);

    [Fact]
    public Task System_messages_in_front_are_joined_without_a_word() => Shaped.Sends(
        "databricks-meta-llama-3-3-70b-instruct",
        """{"messages": [{"role": "system", "content": "One.\n\nTwo."}, {"role": "user", "content": "Hello?"}]}""",
        [new(ChatRole.System, "One."), new(ChatRole.System, "Two."), new(ChatRole.User, "Hello?")], null, []);

    public static TheoryData<object> Returned => new()
    {
        new UriContent(Address, "image/png"),
        new AIContent[] { new UriContent(Address, "image/png") },
        new object[] { new UriContent(Address, "image/png") },
        System.Text.Json.JsonSerializer.SerializeToElement(
            new UriContent(Address, "image/png"),
            (System.Text.Json.Serialization.Metadata.JsonTypeInfo<AIContent>)AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(AIContent))),
    };

    [Theory]
    [MemberData(nameof(Returned))]
    public async Task The_address_of_an_image_that_a_tool_returned_is_fetched_too(object returned)
    {
        var result = new FunctionResultContent("1", returned);

        await Shaped.Sends(
            "databricks-claude-sonnet-4-5",
            """
            {"messages": [
              {"role": "user", "content": "Hello?"},
              {"role": "assistant", "content": null, "tool_calls": [{"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]},
              {"role": "tool", "tool_call_id": "1", "content": "The result follows in the next user message."},
              {"role": "user", "content": [
                {"type": "text", "text": "Returned by tool call 1:"}, {"type": "image_url", "image_url": {"url": "data:image/png;base64,AQ=="}}]}],
              "tools": [{"type": "function", "function": {"name": "f", "description": "", "parameters": {"type": "object", "properties": {} } } }]
            }
            """,
            [.. Some.Question(), new(ChatRole.Assistant, [new FunctionCallContent("1", "f")]), new(ChatRole.Tool, [result])],
            new ChatOptions { Tools = [ToolsToWireTests.Declaration("f")] },
            ["messages.image_url fetched, and sent as data"],
            options => options.Chat.FetchImage = (_, _) => Task.FromResult(new DataContent(new byte[] { 1 }, "image/png")));

        Assert.Same(returned, result.Result);
    }

    [Fact]
    public Task An_image_that_a_tool_returned_becomes_a_note_too() => Shaped.Sends(
        "databricks-gpt-oss-120b",
        $$"""
        {"messages": [
          {"role": "assistant", "content": null, "tool_calls": [{"id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"} }]},
          {"role": "tool", "tool_call_id": "1", "content": "{{Note}}"}
        ]}
        """,
        [
            new(ChatRole.Assistant, [new FunctionCallContent("1", "f")]),
            new(ChatRole.Tool, [new FunctionResultContent("1", new DataContent(new byte[] { 1 }, "image/png"))]),
        ],
        null, ["messages.image replaced by a note!"], options => options.Chat.ReplaceUnsupportedMedia = true);
}
