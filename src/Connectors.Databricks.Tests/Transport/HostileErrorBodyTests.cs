using System.Net;
using System.Text;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>Error bodies that are broken, huge, or made to hurt: the status is still told, and nothing unread is quoted.</summary>
public class HostileErrorBodyTests
{
    private const string Prefix = "Chat on endpoint 'some-endpoint' failed: 400 Bad Request";
    private const string Advice = "If the message names a parameter, this model does not accept it: leave that option unset.";

    [Theory]
    [InlineData("""{"error_code":"BAD_REQUEST","message":"{\"input_guardrail\":[{\"anonymized_input\":[\"canary""")]
    [InlineData("""{"error_code":"BAD_REQUEST","details":[{"canary":"canary""")]
    [InlineData("""{"error_code":"BAD_REQUEST","mess""")]
    [InlineData("""{"error_code":"BAD_REQUEST","prompt":canary}""")]
    public async Task A_document_that_broke_off_gives_its_code_and_quotes_nothing(string body)
    {
        var failure = await Failure.OfBody(HttpStatusCode.BadRequest, body);

        Assert.Equal(
            ("BAD_REQUEST", null, $"{Prefix}, BAD_REQUEST. {Advice}"), (failure.ErrorCode, failure.ServiceMessage, failure.Message));
    }

    /// <summary>Gateways and debugging proxies show the request in their error pages, its headers included.</summary>
    [Theory]
    [InlineData($$"""{"error_code":"BAD_REQUEST","message":"Refused: Authorization: Bearer {{Some.Token}}, twice {{Some.Token}}"}""")]
    [InlineData($$"""{"error_code":"{{Some.Token}}","message":"{\"message\":\"Bearer {{Some.Token}}\"}"}""")]
    [InlineData($"Bearer {Some.Token}")]
    public async Task A_body_that_echoes_the_token_is_quoted_without_it(string body)
    {
        var failure = await Failure.OfBody(HttpStatusCode.BadRequest, body);

        Assert.DoesNotContain(Some.Token, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Some.Token, $"{failure.ErrorCode} {failure.ServiceMessage}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_around_an_echoed_token_is_kept()
    {
        var failure = await Failure.OfBody(
            HttpStatusCode.BadRequest, $$"""{"message":"Refused: Bearer {{Some.Token}}, sent by a proxy"}""");

        Assert.Equal("Refused: Bearer ***, sent by a proxy", failure.ServiceMessage);
    }

    [Fact]
    public void A_document_that_broke_off_behind_its_message_gives_it() => Reads(
        """{"details":[{"a":1}],"message":"{\"message\":\"Too long.\"}","error_code":"BAD_REQUEST","stack_trace":"at canary""",
        new() { Code = "BAD_REQUEST", Message = "Too long." });

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("""{"prompt":"canary"}""")]
    [InlineData("""{"message":{"prompt":"canary"}}""")]
    [InlineData("""{"message":"{\"prompt\":\"canary\"}"}""")]
    [InlineData("""{"message":"{\"prompt\":\"cana"}""")]
    public void A_document_without_a_known_word_is_not_quoted(string body) => Reads(body, new());

    [Fact]
    public void A_validation_error_names_the_rules_and_not_the_input() => Reads(
        """{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required","input":"canary"},{"msg":"Too long","input":{"a":"canary"}}]}""",
        new() { Message = "Field required; Too long" });

    [Fact]
    public async Task A_body_of_more_than_a_megabyte_is_not_read_to_its_end()
    {
        var failure = await Failure.OfBody(
            HttpStatusCode.BadRequest, $$"""{"error_code":"BAD_REQUEST","message":"{{new string('x', 2_000_000)}}"}""");

        Assert.Equal($"{Prefix}, BAD_REQUEST. {Advice}", failure.Message);
    }

    [Fact]
    public async Task A_guardrail_block_that_repeats_a_long_prompt_is_still_known()
    {
        var failure = await Failure.OfBody(
            HttpStatusCode.BadRequest,
            $$"""{"error_code":"BAD_REQUEST","message":"{\"input_guardrail\":[{\"pii_detection\":true,\"anonymized_input\":[\"{{new string('x', 500_000)}}\"]}],\"finishReason\":\"input_guardrail_triggered\"}"}""");

        Assert.Equal("input_guardrail", failure.Guardrail);
    }

    [Theory]
    [InlineData("{\"a\":", 5_000)]
    [InlineData("[", 20_000)]
    [InlineData("{\"message\":", 5_000)]
    public void A_document_nested_without_end_says_nothing(string open, int times) =>
        Reads(string.Concat(Enumerable.Repeat(open, times)), new());

    [Fact]
    public void Documents_in_messages_without_end_say_nothing()
    {
        var body = "{\"message\":\"canary\"}";
        for (var i = 0; i < 10; i++)
        {
            body = $$"""{"message":"{{System.Text.Json.JsonEncodedText.Encode(body)}}"}""";
        }

        Reads(body, new());
    }

    [Theory]
    [InlineData("""{"error_code":"\ud800","message":"\ud800"}""")]
    [InlineData("""{"message":"{\"message\":\"\\ud800\"}"}""")]
    [InlineData("""{"input_guardrail":[{"\ud800":true}],"finishReason":"input_guardrail_triggered"}""")]
    public void Half_a_letter_is_no_second_failure(string body) => Reads(body, new());

    [Fact]
    public void Codes_and_request_ids_are_cut_like_messages() => Reads(
        $$"""{"error_code":"{{new string('C', 5000)}}","message":"No.","details":[{"@type":"type.googleapis.com/google.rpc.RequestInfo","request_id":"{{new string('7', 5000)}}"}]}""",
        new() { Code = new string('C', 127) + "…", Message = "No.", RequestId = new string('7', 127) + "…" });

    [Fact]
    public void The_checks_of_a_guardrail_are_cut_like_messages()
    {
        var error = Read($$"""{"input_guardrail":[{"{{new string('c', 5000)}}":true}],"finishReason":"input_guardrail_triggered"}""");

        Assert.Equal(1024, error.Message!.Length);
    }

    [Fact]
    public void A_page_full_of_open_tags_is_read_in_linear_time() => Reads(
        "<html>" + string.Concat(Enumerable.Repeat("<pre>", 200_000)),
        new() { IsHtml = true });

    [Fact]
    public async Task A_body_that_cannot_be_unpacked_leaves_the_status()
    {
        var service = new VerbatimService().Answers(HttpStatusCode.BadRequest, new BrokenContent(new InvalidDataException("not gzip")));

        Assert.Equal($"{Prefix}. {Advice}", (await Failure.Of(service)).Message);
    }

    [Fact]
    public async Task A_body_whose_connection_breaks_leaves_the_status()
    {
        var service = new VerbatimService().Answers(HttpStatusCode.BadRequest, new BrokenContent(new IOException("reset")));

        Assert.Equal($"{Prefix}. {Advice}", (await Failure.Of(service)).Message);
    }

    private static void Reads(string body, ServiceError expected) => Assert.Equal(expected, Read(body));

    private static ServiceError Read(string body) => ServiceErrorFromWire.Read(Encoding.UTF8.GetBytes(body), "application/json");
}
