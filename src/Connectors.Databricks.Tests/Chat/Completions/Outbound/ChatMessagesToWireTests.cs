using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

public class ChatMessagesToWireTests
{
    [Fact]
    public Task A_conversation_keeps_its_order() => Exchange.Sends(
        """
        {
          "messages": [
            {"role": "user", "content": "Hello?"},
            {"role": "assistant", "content": "Hi."},
            {"role": "user", "content": "And <you> & \"she\" + é 😀?"}
          ]
        }
        """,
        [new(ChatRole.User, "Hello?"), new(ChatRole.Assistant, "Hi."), new(ChatRole.User, "And <you> & \"she\" + é 😀?")]);

    [Fact]
    public Task All_system_content_is_in_one_leading_message() => Exchange.Sends(
        """
        {
          "messages": [
            {"role": "system", "content": "Be brief.\n\nBe kind.\n\nUse C#.\n\nNever shout."},
            {"role": "user", "content": "Hello?"},
            {"role": "user", "content": "Still there?"}
          ]
        }
        """,
        [
            new(ChatRole.System, "Be kind."),
            new(new ChatRole("developer"), "Use C#."),
            new(ChatRole.User, "Hello?"),
            new(ChatRole.System, "Never shout."),
            new(ChatRole.User, "Still there?"),
        ],
        new ChatOptions { Instructions = "Be brief." });

    [Fact]
    public Task Instructions_may_be_the_only_system_content() => Exchange.Sends(
        """{"messages":[{"role":"system","content":"Say hello."}]}""",
        [],
        new ChatOptions { Instructions = "Say hello." });

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData(null)]
    public Task Blank_instructions_are_not_sent(string? instructions) => Exchange.Sends(
        """{"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"Hello?"}]}""",
        [new(ChatRole.System, "Be kind."), new(ChatRole.User, "Hello?")],
        new ChatOptions { Instructions = instructions });

    [Fact]
    public Task An_empty_system_message_is_not_sent() => Exchange.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        [new(ChatRole.System, ""), new(ChatRole.User, "Hello?")]);

    [Fact]
    public Task Several_parts_are_an_array() => Exchange.Sends(
        """
        {
          "messages": [{"role": "user", "content": [
            {"type": "text", "text": "Compare"},
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,AQID"}},
            {"type": "text", "text": "with this."}
          ]}]
        }
        """,
        [
            new(
                ChatRole.User,
                [new TextContent("Compare"), new DataContent(new byte[] { 1, 2, 3 }, "image/png"), new TextContent("with this.")]),
        ]);

    [Fact]
    public Task Empty_text_is_left_out_of_a_message() => Exchange.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        [new(ChatRole.User, [new TextContent(""), new TextContent("Hello?"), new TextContent(null)])]);

    [Fact]
    public Task A_message_of_empty_text_is_left_out() => Exchange.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        [new(ChatRole.User, "Hello?"), new(ChatRole.Assistant, ""), new(ChatRole.User, []), new(ChatRole.Tool, [])]);

    [Fact]
    public Task The_name_of_an_author_is_not_sent() => Exchange.Sends(
        """{"messages":[{"role":"user","content":"Hello?"},{"role":"assistant","content":"Hi."}]}""",
        [new(ChatRole.User, "Hello?") { AuthorName = "Ada" }, new(ChatRole.Assistant, "Hi.") { AuthorName = "Bot", MessageId = "m1" }]);

    [Fact]
    public Task Counts_in_the_history_are_left_out() => Exchange.Sends(
        """{"messages":[{"role":"user","content":"Hello?"},{"role":"assistant","content":"Hi."}]}""",
        [
            new(ChatRole.User, [new TextContent("Hello?"), new UsageContent()]),
            new(ChatRole.Assistant, [new TextContent("Hi."), new UsageContent(new UsageDetails { InputTokenCount = 3 })]),
        ]);

    [Theory]
    [InlineData("User", "user")]
    [InlineData("critic", "critic")]
    public Task A_role_is_written_as_the_service_spells_it(string role, string sent) => Exchange.Sends(
        $$"""{"messages":[{"role":"{{sent}}","content":"Hello?"}]}""",
        [new(new ChatRole(role), "Hello?")]);

    [Theory]
    [InlineData("SYSTEM")]
    [InlineData("Developer")]
    public Task A_systematic_role_is_known_in_any_case(string role) => Exchange.Sends(
        """{"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"Hello?"}]}""",
        [new(new ChatRole(role), "Be kind."), new(ChatRole.User, "Hello?")]);

    [Fact]
    public Task Text_cut_inside_a_character_is_still_text() => Exchange.Sends(
        """{"messages":[{"role":"user","content":"half \uFFFD"}]}""",
        [new(ChatRole.User, "half \uD83D")]);

    [Fact]
    public async Task An_empty_conversation_is_refused() => Assert.Equal(
        "There is nothing to send: no message has content, and ChatOptions.Instructions is empty. (Parameter 'messages')",
        (await Outgoing.Refusal<ArgumentException>([])).Message);

    [Fact]
    public async Task A_conversation_of_empty_messages_is_refused() => Assert.Equal(
        "There is nothing to send: no message has content, and ChatOptions.Instructions is empty. (Parameter 'messages')",
        (await Outgoing.Refusal<ArgumentException>([new(ChatRole.User, ""), new(ChatRole.Assistant, [])])).Message);

    [Fact]
    public async Task A_null_message_is_refused_with_its_place() => Assert.Equal(
        "The message at index 1 is null. (Parameter 'messages')",
        (await Outgoing.Refusal<ArgumentException>([new(ChatRole.User, "Hello?"), null!])).Message);

    [Fact]
    public Task Messages_may_be_a_sequence_that_can_be_read_once() => Exchange.Sends(
        """{"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"Hello?"}]}""",
        ReadOnce());

    private static IEnumerable<ChatMessage> ReadOnce()
    {
        var messages = new Queue<ChatMessage>([new(ChatRole.System, "Be kind."), new(ChatRole.User, "Hello?")]);
        return Enumerable.Repeat(0, 2).Select(_ => messages.Dequeue());
    }
}
