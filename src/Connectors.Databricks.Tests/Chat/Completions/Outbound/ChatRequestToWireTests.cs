using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

public class ChatRequestToWireTests
{
    [Fact]
    public Task A_conversation_id_is_not_sent() => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        new ChatOptions { ConversationId = "conversation-1" });

    [Fact]
    public async Task A_conversation_id_does_not_come_back()
    {
        var response = await Exchange.Reads(Some.ChatBody, new ChatOptions { ConversationId = "conversation-1" });

        Assert.Null(response.ConversationId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_request_for_background_responses_is_ignored(bool allow) => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
#pragma warning disable MEAI001 // Experimental, and still to be ignored without harm.
        new ChatOptions { AllowBackgroundResponses = allow });
#pragma warning restore MEAI001

    [Fact]
    public async Task A_continuation_token_is_refused() => Assert.Equal(
        "ChatOptions.ContinuationToken is not supported: chat endpoints have no background responses, so another client issued the token.",
#pragma warning disable MEAI001 // Experimental, and still to be refused.
        (await Outgoing.Refusal<NotSupportedException>(
            new ChatOptions { ContinuationToken = ResponseContinuationToken.FromBytes(new byte[] { 1 }) })).Message);
#pragma warning restore MEAI001

    [Fact]
    public async Task A_stream_asks_for_its_counts() => JsonText.AssertEqual(
        """{"messages":[{"role":"user","content":"Hello?"}],"stream":true,"stream_options":{"include_usage":true}}""",
        (await Outgoing.StreamRequest(Some.Question())).Body);

    [Fact]
    public async Task A_stream_asks_for_no_counts_when_they_are_not_wanted() => JsonText.AssertEqual(
        """{"messages":[{"role":"user","content":"Hello?"}],"stream":true}""",
        (await Outgoing.StreamRequest(Some.Question(), configure: options => options.Chat.IncludeUsageInStreams = false)).Body);

    [Fact]
    public async Task A_caller_who_sets_stream_options_decides_about_them_alone() => JsonText.AssertEqual(
        """{"messages":[{"role":"user","content":"Hello?"}],"stream":true,"stream_options":{"include_usage":false}}""",
        (await Outgoing.StreamRequest(Some.Question(), new ChatOptions
        {
            AdditionalProperties = new() { ["stream_options"] = new Dictionary<string, object?> { ["include_usage"] = false } },
        })).Body);

    [Fact]
    public async Task A_base_document_that_sets_stream_options_decides_about_them_alone() => JsonText.AssertEqual(
        """{"messages":[{"role":"user","content":"Hello?"}],"stream":true,"stream_options":{"include_usage":false}}""",
        (await Outgoing.StreamRequest(Some.Question(), new ChatOptions
        {
            RawRepresentationFactory = _ => JsonNode.Parse("""{"stream_options":{"include_usage":false}}"""),
        })).Body);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Additional_properties_do_not_turn_a_call_into_a_stream(bool stream) => Outgoing.Sends(
        """{"messages":[{"role":"user","content":"Hello?"}]}""",
        new ChatOptions { AdditionalProperties = new() { ["stream"] = stream } });

    [Fact]
    public async Task A_body_is_compact_and_escapes_only_what_json_must() => Assert.Equal(
        """{"messages":[{"role":"user","content":"<a> & 'b' + \"c\"\n\té"}],"user":"x+y"}""",
        (await Outgoing.Request(
            [new(ChatRole.User, "<a> & 'b' + \"c\"\n\té")],
            new ChatOptions { AdditionalProperties = new() { ["user"] = "x+y" } })).Body);
}
