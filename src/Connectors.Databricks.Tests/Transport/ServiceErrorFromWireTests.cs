using System.Text;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>Every shape of an error body that the service, its gateways and its providers send.</summary>
public class ServiceErrorFromWireTests
{
    [Fact]
    public void The_standard_body_gives_code_and_message() => Reads(
        """{"error_code":"BAD_REQUEST","message":"Bad request: prompt too long."}""",
        new() { Code = "BAD_REQUEST", Message = "Bad request: prompt too long." });

    [Fact] // https://github.com/databricks/unity-gateway/issues/491
    public void The_status_of_google_is_the_code_and_not_the_number() => Reads(
        """{"error":{"code":400,"message":"Unknown name","status":"INVALID_ARGUMENT"}}""",
        new() { Code = "INVALID_ARGUMENT", Message = "Unknown name" });

    [Theory]
    [InlineData("""{"errors":[{"message":"No.","code":"X1"}]}""", "X1", "No.")]
    [InlineData("""{"error":{"errors":[{"message":"No.","reason":"badRequest"}],"code":400,"message":""}}""", "400", "No.")]
    [InlineData("""{"Message":"User is not authorized."}""", null, "User is not authorized.")]
    [InlineData("""{"type":"https://tools.ietf.org/html/rfc9110","title":"Bad Request","status":400,"detail":"No."}""", null, "No.")]
    [InlineData("""{"type":"about:blank","title":"Bad Request","status":400}""", null, "Bad Request")]
    [InlineData("""{"error":"invalid_client","error_description":"No."}""", "invalid_client", "No.")]
    [InlineData("""{"status":"failed","message":"No."}""", null, "No.")]
    [InlineData("""{"error":"Received error from a","external_model_message":"<html><title>T</title><pre>No.</pre></html>"}""", null, "No.")]
    [InlineData("\"No.\"", null, "No.")]
    [InlineData("null", null, null)]
    public void Formats_of_gateways_and_clouds_are_read(string body, string? code, string? message) =>
        Reads(body, new() { Code = code, Message = message });

    [Fact]
    public void A_numeric_code_is_kept_as_text() => Reads(
        """{"error_code":1001,"message":"No."}""",
        new() { Code = "1001", Message = "No." });

    [Fact]
    public void A_null_code_is_none() => Reads(
        """{"error_code":null,"message":"unable to parse response"}""",
        new() { Message = "unable to parse response" });

    [Fact]
    public void An_empty_code_is_none() => Reads(
        """{"error_code":"","message":"No."}""",
        new() { Message = "No." });

    [Fact]
    public void A_code_without_a_message_is_enough() => Reads(
        """{"error_code":"INTERNAL_ERROR"}""",
        new() { Code = "INTERNAL_ERROR" });

    [Fact]
    public void A_document_inside_the_message_is_read() => Reads(
        """{"error_code":"BAD_REQUEST","message":"{\"message\":\"tools.0.custom.strict: Extra inputs are not permitted\"}"}""",
        new() { Code = "BAD_REQUEST", Message = "tools.0.custom.strict: Extra inputs are not permitted" });

    [Fact]
    public void A_document_two_levels_inside_the_message_is_read() => Reads(
        """{"message":"{\n  \"error\": {\"message\":\"{\\\"message\\\":\\\"temperature: not supported\\\"}\",\"type\":\"invalid_request_error\"}}"}""",
        new() { Code = "invalid_request_error", Message = "temperature: not supported" });

    [Fact]
    public void A_document_three_levels_inside_the_message_is_read() => Reads(
        """{"error_code":"BAD_REQUEST","message":"{\"message\":\"{\\\"message\\\":\\\"{\\\\\\\"error\\\\\\\":{\\\\\\\"message\\\\\\\":\\\\\\\"Too long.\\\\\\\"}}\\\"}\"}"}""",
        new() { Code = "BAD_REQUEST", Message = "Too long." });

    [Fact]
    public void A_document_behind_words_in_the_message_is_read() => Reads(
        """{"error_code":"BAD_REQUEST","message":"Error from provider: {\"error\":{\"message\":\"Too long.\",\"code\":\"context_length_exceeded\"}}"}""",
        new() { Code = "BAD_REQUEST", Message = "Too long." });

    [Fact]
    public void The_databricks_code_wins_over_the_provider_code() => Reads(
        """{"error_code":"BAD_REQUEST","message":"{\"error\":{\"message\":\"Unsupported value.\",\"type\":\"invalid_request_error\",\"code\":\"unsupported_value\"}}"}""",
        new() { Code = "BAD_REQUEST", Message = "Unsupported value." });

    [Fact]
    public void The_openai_body_names_its_type_when_its_code_is_the_status() => Reads(
        """{"error":{"message":"Rate limit exceeded: ITPM limit of 200,000 tokens reached","type":"rate_limit_exceeded","code":429,"limit_type":"input_tokens_per_minute","limit":200000,"current":200150,"retry_after":15}}""",
        new()
        {
            Code = "rate_limit_exceeded",
            Message = "Rate limit exceeded: ITPM limit of 200,000 tokens reached",
            RetryAfter = TimeSpan.FromSeconds(15),
        });

    [Fact]
    public void The_openai_body_names_its_code_when_that_is_a_word() => Reads(
        """{"error":{"message":"Unsupported value.","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}}""",
        new() { Code = "unsupported_value", Message = "Unsupported value." });

    [Fact]
    public void The_openai_body_with_nothing_but_a_numeric_code_keeps_it() => Reads(
        """{"error":{"message":"No.","type":null,"code":429}}""",
        new() { Code = "429", Message = "No." });

    [Fact]
    public void The_anthropic_body_names_the_inner_type() => Reads(
        """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""",
        new() { Code = "overloaded_error", Message = "Overloaded" });

    [Fact]
    public void A_provider_error_names_the_provider() => Reads(
        """{"external_model_provider":"openai","external_model_error":{"error":{"message":"Bad key.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}}""",
        new() { Code = "invalid_api_key", Message = "openai: Bad key." });

    [Fact]
    public void A_provider_error_inside_the_message_names_the_provider() => Reads(
        """{"error_code":"BAD_REQUEST","message":"{\"external_model_provider\":\"anthropic\",\"external_model_error\":{\"error\":{\"message\":\"Overloaded\"}}}"}""",
        new() { Code = "BAD_REQUEST", Message = "anthropic: Overloaded" });

    [Fact]
    public void A_provider_error_that_is_a_text_is_kept() => Reads(
        """{"external_model_provider":"cohere","external_model_error":"blocked"}""",
        new() { Message = "cohere: blocked" });

    [Fact]
    public void The_legacy_body_holds_a_text() => Reads(
        """{"error":"Cluster not found"}""",
        new() { Message = "Cluster not found" });

    [Fact]
    public void Plain_text_is_the_message() => Reads(
        "Bad request: json: unknown field \"inputs\"\n",
        new() { Message = "Bad request: json: unknown field \"inputs\"" },
        "text/plain");

    [Fact]
    public void A_code_in_front_of_plain_text_is_taken_off() => Reads(
        "NOT_IMPLEMENTED: 'x' is no longer available.",
        new() { Code = "NOT_IMPLEMENTED", Message = "'x' is no longer available." });

    [Fact]
    public void A_code_that_the_message_repeats_is_taken_off() => Reads(
        """{"error_code":"REQUEST_LIMIT_EXCEEDED","message":"REQUEST_LIMIT_EXCEEDED: Exceeded workspace rate limit for x."}""",
        new() { Code = "REQUEST_LIMIT_EXCEEDED", Message = "Exceeded workspace rate limit for x." });

    [Fact]
    public void Another_code_in_the_message_stays_there() => Reads(
        """{"error_code":"BAD_REQUEST","message":"INVALID_STATE: Not now."}""",
        new() { Code = "BAD_REQUEST", Message = "INVALID_STATE: Not now." });

    [Fact]
    public void A_line_end_behind_the_message_is_taken_off() => Reads(
        """{"error_code":"BAD_REQUEST","message":"Multiple tool calls are not supported.\n"}""",
        new() { Code = "BAD_REQUEST", Message = "Multiple tool calls are not supported." });

    [Fact]
    public void The_scim_body_gives_type_and_detail() => Reads(
        """{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":"No such user.","status":"404","scimType":"noTarget"}""",
        new() { Code = "noTarget", Message = "No such user." });

    [Fact]
    public void Details_name_the_reason_when_nothing_else_does() => Reads(
        """{"message":"No.","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"IP_ACCESS_DENIED","domain":"databricks.com"}]}""",
        new() { Code = "IP_ACCESS_DENIED", Message = "No." });

    [Fact]
    public void A_message_next_to_an_error_code_is_preferred() => Reads(
        """{"timestamp":1790000000,"status":500,"error":"Internal Server Error","message":"The model crashed."}""",
        new() { Message = "The model crashed." });

    [Fact]
    public void An_error_that_says_nothing_leaves_the_word_to_the_message() => Reads(
        """{"error":{},"message":"The model crashed."}""",
        new() { Message = "The model crashed." });

    [Fact]
    public void Json_that_claims_to_be_a_page_is_read() => Reads(
        """{"error_code":"BAD_REQUEST","message":"No."}""",
        new() { Code = "BAD_REQUEST", Message = "No." },
        "text/html");

    [Fact]
    public void An_empty_body_says_nothing() => Reads("", new());

    [Fact]
    public void White_space_says_nothing() => Reads(" \r\n\t ", new());

    [Fact]
    public void A_byte_order_mark_is_passed_over() => Reads(
        "\uFEFF{\"error_code\":\"BAD_REQUEST\",\"message\":\"No.\"}",
        new() { Code = "BAD_REQUEST", Message = "No." });

    [Fact]
    public void A_page_speaks_through_its_pre_element() => Reads(
        "<!DOCTYPE html><html><head><title>502</title></head><body><pre class=\"x\">\nno healthy upstream &amp; no " +
        "luck\n</pre></body></html>",
        new() { IsHtml = true, Message = "no healthy upstream & no luck" },
        "text/html");

    [Fact]
    public void A_page_without_pre_speaks_through_its_title() => Reads(
        "<html>\n<head><TITLE>502 Bad Gateway</TITLE></head><body></body></html>",
        new() { IsHtml = true, Message = "502 Bad Gateway" },
        "text/html");

    [Fact]
    public void A_page_with_neither_is_still_known_as_a_page() => Reads(
        "<html><body><form action=\"/login.html\"></form></body></html>",
        new() { IsHtml = true },
        "text/html");

    [Fact]
    public void A_page_that_claims_to_be_json_is_known_by_its_start() => Reads(
        "  <!doctype HTML><title>Sign in</title>",
        new() { IsHtml = true, Message = "Sign in" });

    [Fact]
    public void Details_name_the_request() => Reads(
        """{"error_code":"FEATURE_DISABLED","message":"AI Gateway is not available for this workspace.","details":[{"@type":"type.googleapis.com/google.rpc.RequestInfo","request_id":"7c1d","serving_data":""}]}""",
        new() { Code = "FEATURE_DISABLED", Message = "AI Gateway is not available for this workspace.", RequestId = "7c1d" });

    [Theory]
    [InlineData("3s", 3.0)]
    [InlineData("0.5s", 0.5)]
    [InlineData("0s", 0.0)]
    public void Details_name_the_wait(string delay, double seconds) => Reads(
        $$"""{"error_code":"RESOURCE_EXHAUSTED","message":"Wait.","details":["odd",{"@type":"type.googleapis.com/google.rpc.Help"},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retry_delay":"{{delay}}"}]}""",
        new() { Code = "RESOURCE_EXHAUSTED", Message = "Wait.", RetryAfter = TimeSpan.FromSeconds(seconds) });

    [Theory]
    [InlineData("3")]
    [InlineData("-3s")]
    [InlineData("s")]
    [InlineData("soon")]
    public void A_wait_that_makes_no_sense_is_none(string delay) => Reads(
        $$"""{"message":"Wait.","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retry_delay":"{{delay}}"}]}""",
        new() { Message = "Wait." });

    [Theory]
    [InlineData("-1")]
    [InlineData("\"soon\"")]
    [InlineData("null")]
    public void A_retry_after_that_makes_no_sense_is_none(string value) => Reads(
        $$$"""{"error":{"message":"Wait.","retry_after":{{{value}}}}}""",
        new() { Message = "Wait." });

    [Theory]
    [InlineData("1e400")]
    [InlineData("99999999999999999999")]
    public void A_retry_after_beyond_all_measure_is_a_year(string value) => Reads(
        $$$"""{"error":{"message":"Wait.","retry_after":{{{value}}}}}""",
        new() { Message = "Wait.", RetryAfter = TimeSpan.FromDays(365) });

    [Fact]
    public void A_long_message_is_cut_at_1024_characters() => Reads(
        $$"""{"error_code":"BAD_REQUEST","message":"{{new string('x', 100_000)}}"}""",
        new() { Code = "BAD_REQUEST", Message = new string('x', 1023) + "…" });

    [Fact]
    public void Bytes_that_are_not_utf8_are_replaced() =>
        Assert.Equal(
            new ServiceError { Message = "Zugriff verweigert f\uFFFDr" },
            ServiceErrorFromWire.Read(Encoding.Latin1.GetBytes("Zugriff verweigert für"), "text/plain"));

    private static void Reads(string body, ServiceError expected, string mediaType = "application/json") =>
        Assert.Equal(expected, ServiceErrorFromWire.Read(Encoding.UTF8.GetBytes(body), mediaType));
}
