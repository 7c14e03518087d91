using System.Text.Json;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Chat;

public class HistoryTests
{
    [Fact]
    public async Task Every_kind_of_content_has_its_place_on_the_wire()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.AcceptsAnything();
        ChatHistory history =
        [
            new(AuthorRole.System, "Be brief."),
            new(AuthorRole.User,
            [
                new TextContent("Look:"),
                new ImageContent(
                    new byte[] { 1, 2, 3 },
                    "image/png") { Metadata = new Dictionary<string, object?> { ["ChatImageDetailLevel"] = "Low" } },
                new ImageContent(new Uri("https://example.com/a.png")),
                new AudioContent(new byte[] { 4 }, "audio/wav"),
                new BinaryContent(new byte[] { 5 }, "application/pdf"),
            ]),
        ];

        await fixture.Chat.GetChatMessageContentsAsync(history);

        Assert.Equal(
            """[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"Look:"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID","detail":"low"}},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}},{"type":"audio_url","audio_url":{"url":"data:audio/wav;base64,BA=="}},{"type":"file","file":{"filename":"document.pdf","file_data":"data:application/pdf;base64,BQ=="}}]}]""",
            JsonSerializer.Serialize(
                JsonDocument.Parse(fixture.Endpoint.Requests[0].Body).RootElement.GetProperty("messages")).Replace("\\u002B", "+",
                StringComparison.Ordinal));
    }

    [Fact]
    public async Task Arguments_that_were_not_JSON_do_not_prevent_saving()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTool("City-Weather", "{oops").Replies("Sorry.").Replies("Yes.");
        var settings = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
        ChatHistory history = [new(AuthorRole.User, "Weather?")];
        history.Add(await fixture.Chat.GetChatMessageContentAsync(history, settings, fixture.Kernel));

        history = JsonSerializer.Deserialize<ChatHistory>(JsonSerializer.Serialize(history))!;
        history.AddUserMessage("Really?");
        await fixture.Chat.GetChatMessageContentAsync(history, settings, fixture.Kernel);

        Assert.Empty(fixture.City.Calls);
        Assert.Equal(
            """{"invalid_arguments":"{oops"}""",
            (string?)fixture.Sent()["messages"]![1]!["tool_calls"]![0]!["function"]!["arguments"]);
    }

    [Fact]
    public async Task Results_of_functions_are_sent_as_text()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        var call = new FunctionCallContent("Weather", "City", "c1", new KernelArguments { ["city"] = "Bonn" });
        var other = new FunctionCallContent("Count", "City", "c2", new KernelArguments { ["men"] = 1 });
        ChatHistory history =
        [
            new(AuthorRole.User, "Weather?"),
            new(AuthorRole.Assistant, [call, other]),
            new(AuthorRole.Tool, [new TextContent("shown"), new FunctionResultContent(call, new { Sky = "blau & grün" })]),
            new(AuthorRole.Tool, [new FunctionResultContent(other, new InvalidOperationException("No."))]),
        ];

        await fixture.Chat.GetChatMessageContentsAsync(history);

        var messages = fixture.Sent()["messages"]!;
        Assert.Equal(("City-Weather", """{"city":"Bonn"}"""), Call(messages[1]!["tool_calls"]![0]!));
        Assert.Equal(("City-Count", """{"men":1}"""), Call(messages[1]!["tool_calls"]![1]!));
        Assert.Equal(("c1", """{"Sky":"blau & grün"}"""), ((string?)messages[2]!["tool_call_id"], (string?)messages[2]!["content"]));
        Assert.Equal("Error: Exception while invoking function. No.", (string?)messages[3]!["content"]);
    }

    private static (string?, string?) Call(System.Text.Json.Nodes.JsonNode call) =>
        ((string?)call["function"]!["name"], (string?)call["function"]!["arguments"]);

    [Fact]
    public async Task A_history_that_an_OpenAI_app_saved_is_understood()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        var history = JsonSerializer.Deserialize<ChatHistory>("""
            [
              { "Role": { "Label": "user" }, "Items": [{ "$type": "TextContent", "Text": "Weather?" }] },
              { "Role": { "Label": "assistant" }, "Items": [], "Metadata": {
                  "ChatResponseMessage.FunctionToolCalls": [{ "Id": "c1", "Name": "City-Weather", "Arguments": "{\"city\":\"Bonn\"}" }] } },
              { "Role": { "Label": "tool" }, "Items": [{ "$type": "TextContent", "Text": "Sunny" }], "Metadata": { "ChatCompletionsToolCall.Id": "c1" } }
            ]
            """)!;

        await fixture.Chat.GetChatMessageContentsAsync(history);

        var messages = fixture.Sent()["messages"]!;
        Assert.Equal(("City-Weather", """{"city":"Bonn"}"""), Call(messages[1]!["tool_calls"]![0]!));
        Assert.Equal(
            ("tool", "c1", "Sunny"),
            ((string?)messages[2]!["role"], (string?)messages[2]!["tool_call_id"], (string?)messages[2]!["content"]));
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData("""{"city":"Bonn","city":"Ulm"}""", """{"city":"Ulm"}""")]
    [InlineData("[1]", """{"invalid_arguments":"[1]"}""")]
    [InlineData("{nonsense", """{"invalid_arguments":"{nonsense"}""")]
    public async Task Odd_arguments_of_a_saved_history_of_an_OpenAI_app_do_not_end_the_turn(string saved, string sent)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        var calls = JsonSerializer.SerializeToElement(new[] { new { Id = "c1", Name = "City-Weather", Arguments = saved } });
        ChatHistory history =
        [
            new(AuthorRole.User, "Weather?"),
            new(
                AuthorRole.Assistant, content: null, metadata: new Dictionary<string,
                object?> { ["ChatResponseMessage.FunctionToolCalls"] = calls }),
            new(AuthorRole.Tool, "Sunny", metadata: new Dictionary<string, object?> { ["ChatCompletionsToolCall.Id"] = "c1" }),
        ];

        await fixture.Chat.GetChatMessageContentsAsync(history);

        Assert.Equal(("City-Weather", sent), Call(fixture.Sent()["messages"]![1]!["tool_calls"]![0]!));
    }

    [Fact]
    public async Task What_an_app_changes_in_a_call_goes_as_it_was_changed()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTool("City-Count", """{"men":2,"women":3}""").Replies("Five.");
        ChatHistory history = [new(AuthorRole.User, "How many?")];
        PromptExecutionSettings manual = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(autoInvoke: false) };
        var asked = await fixture.Chat.GetChatMessageContentAsync(history, manual, fixture.Kernel);
        var call = FunctionCallContent.GetFunctionCalls(asked).Single();
        call.Arguments!["men"] = 4;
        history.Add(asked);
        history.Add((await call.InvokeAsync(fixture.Kernel)).ToChatMessage());

        await fixture.Chat.GetChatMessageContentAsync(history, manual, fixture.Kernel);

        Assert.Equal("""{"men":4,"women":3}""", Call(fixture.Sent()["messages"]![1]!["tool_calls"]![0]!).Item2);
        Assert.Equal("7", (string?)fixture.Sent()["messages"]![2]!["content"]);
    }

    [Theory]
    [InlineData(EmulatedKernel.Gpt, false)]
    [InlineData(EmulatedKernel.Gpt, true)]
    [InlineData(EmulatedKernel.Claude, true)]
    public async Task What_another_service_left_in_a_history_is_left_out(string endpoint, bool isStored)
    {
        await using var fixture = await EmulatedKernel.StartAsync(endpoint);
        ChatHistory history =
        [
            new(AuthorRole.User, [new TextContent("Hello?"), new FileReferenceContent("f")]),
            new(AuthorRole.Assistant, [new TextContent("Hi."), new FileReferenceContent("g")]),
            new(AuthorRole.User, "And now?"),
        ];
        history = isStored ? JsonSerializer.Deserialize<ChatHistory>(JsonSerializer.Serialize(history))! : history;

        await fixture.Chat.GetChatMessageContentsAsync(history);

        Assert.Equal(["Hello?", "Hi.", "And now?"], fixture.Sent()["messages"]!.AsArray().Select(message => (string?)message!["content"]));
    }

    [Theory]
    [MemberData(nameof(Unsendable))]
    public async Task What_cannot_be_sent_is_named(ChatMessageContent message, string says)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => fixture.Chat.GetChatMessageContentsAsync([message]));

        Assert.StartsWith(says, failure.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Endpoint.Requests);
    }

    public static TheoryData<ChatMessageContent, string> Unsendable => new()
    {
        { new(AuthorRole.Tool, "no result"), "A tool message of the history holds no FunctionResultContent" },
        { new(AuthorRole.User, [new FileReferenceContent("f")]), "FileReferenceContent in a user message cannot be sent" },
        { new(AuthorRole.User, [new ImageContent()]), "ImageContent has neither Data nor a Uri" },
        { new(AuthorRole.Assistant, [new FunctionCallContent("f")]), "The call of function 'f' has no Id" },
        { new(AuthorRole.Tool, [new FunctionResultContent("f")]), "The result of function 'f' has no CallId" },
    };
}
