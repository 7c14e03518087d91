using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.Inbound;

/// <summary>Denials by a service policy, which come with a success status (serving reference §2.7).</summary>
public class DenialTests
{
    private const string Policy = """ "databricks_service_policy":{"name":"p1","action":"deny","phase":"pre_call","reason":"It has PII."} """;

    private const string Blocked =
        """{"type":"message","id":"m","content":[{"type":"output_text","text":"This request was blocked by the 'p1' service policy."}]}""";

    [Theory]
    [InlineData("\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"content_filter\"}")]
    [InlineData("\"status\":\"completed\"")]
    [InlineData("\"status\":\"failed\",\"error\":{\"code\":\"blocked\",\"message\":\"Blocked.\"}")]
    public async Task A_denied_response_is_filtered_and_has_the_denial(string status)
    {
        var document = $$"""{"id":"databricks-guardrail-block",{{status}},"output":[{{Blocked}}],{{Policy}}}""";

        AssertDenied(ResponsesExchange.Reads(document));
        AssertDenied((await ResponsesExchange.ReadsStream($$"""{"type":"response.completed","response":{{document}}}""")).ToChatResponse());
    }

    [Fact]
    public async Task A_denial_may_be_a_member_of_any_event() => AssertDenied((await ResponsesExchange.ReadsStream(
        Created, $$"""{"type":"response.output_item.done","item":{{Blocked}},{{Policy}}}""", Completed)).ToChatResponse());

    [Fact]
    public async Task A_denied_stream_needs_no_end() => AssertDenied((await ResponsesExchange.ReadsStream(
        Created, $$"""{"type":"response.output_item.done","item":{{Blocked}},{{Policy}}}""")).ToChatResponse());

    [Theory]
    [InlineData("""{"type":"response.output_text.delta","delta":"x",@}""")]
    [InlineData("""{@}""")]
    public async Task A_denial_is_known_before_its_text_is_given_out(string item)
    {
        List<ChatResponseUpdate> updates = [];
        var isDenied = false;

        await ResponsesExchange.CollectInto(
            updates, ResponsesExchange.Body(item.Replace("@", Policy, StringComparison.Ordinal)),
            onEvent: stream => isDenied |= stream.IsDenied);

        Assert.True(isDenied);
    }

    [Fact]
    public void A_denial_without_output_is_a_denial()
    {
        var response = ResponsesExchange.Reads($"{{{Policy}}}");

        Assert.Equal(("p1", ChatFinishReason.ContentFilter), (response.GetServicePolicyDenial()?.PolicyName, response.FinishReason));
    }

    [Fact]
    public async Task The_id_alone_tells_a_denial()
    {
        var document = $$"""{"id":"databricks-guardrail-block","status":"completed","output":[{{Blocked}}]}""";

        Assert.NotNull(ResponsesExchange.Reads(document).GetServicePolicyDenial());
        Assert.NotNull((await ResponsesExchange.ReadsStream($$"""{"type":"response.completed","response":{{document}}}"""))
            .ToChatResponse().GetServicePolicyDenial());
    }

    [Fact]
    public void A_policy_that_allows_denies_nothing()
    {
        var response = ResponsesExchange.Reads(
            $$$"""{"output":[{{{Message}}}],"databricks_service_policy":{"name":"p1","action":"allow"}}""");

        Assert.Equal((null, ChatFinishReason.Stop), (response.GetServicePolicyDenial(), response.FinishReason));
    }

    private static void AssertDenied(ChatResponse response)
    {
        Assert.Equal(ChatFinishReason.ContentFilter, response.FinishReason);
        var denial = response.GetServicePolicyDenial()!;
        Assert.Equal(("p1", "pre_call", "It has PII."), (denial.PolicyName, denial.Phase, denial.Reason));
        Assert.Equal("This request was blocked by the 'p1' service policy.", response.Text);
    }
}
