using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Behaviors;

public class FailureTests
{
    private const string Llama = "databricks-meta-llama-3-3-70b-instruct";
    private const string Hello = """{"messages":[{"role":"user","content":"Hi"}]}""";

    [Theory]
    [InlineData(RetryAfterStyle.Header, "3", """{"error_code":"RESOURCE_EXHAUSTED","message":"Slow down."}""")]
    [InlineData(
        RetryAfterStyle.HeaderDate,
        "Mon, 21 Sep 2026 14:13:23 GMT",
        """{"error_code":"RESOURCE_EXHAUSTED","message":"Slow down."}""")]
    [InlineData(
        RetryAfterStyle.Body,
        null,
        """
        {"error":{"message":"Slow down.","type":"rate_limit_exceeded","code":429,"limit_type":"input_tokens_per_minute","limit":200000,
          "current":200150,"retry_after":3}}
        """)]
    [InlineData(
        RetryAfterStyle.RetryInfo,
        null,
        """
        {"error_code":"RESOURCE_EXHAUSTED","message":"Slow down.","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo",
          "retry_delay":"2.5s"}]}
        """)]
    public async Task A_throttled_answer_asks_to_wait_in_each_of_the_four_places(RetryAfterStyle style, string? header, string body)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Llama).Fails(429, "RESOURCE_EXHAUSTED", "Slow down.", TimeSpan.FromSeconds(2.5), style);

        using HttpResponseMessage response = await wire.InvokeAsync(Llama, Hello);

        string? sent = response.Headers.TryGetValues("retry-after", out IEnumerable<string>? values) ? values.Single() : null;
        Assert.Equal((429, header, Wire.Unwrapped(body)), ((int)response.StatusCode, sent, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_raw_failure_keeps_every_part()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Llama).FailsRaw(502, "<pre>bad</pre>", "text/html", new Dictionary<string, string> { ["x-odd"] = "1" });

        using HttpResponseMessage response = await wire.InvokeAsync(Llama, Hello);

        Assert.Equal(
            (502, "text/html", "1", "<pre>bad</pre>"),
            ((int)response.StatusCode,
                response.Content.Headers.ContentType!.ToString(),
                response.Headers.GetValues("x-odd").Single(),
                await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_login_page_comes_with_status_200()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Llama).ReturnsHtmlLogin();

        using HttpResponseMessage response = await wire.InvokeAsync(Llama, Hello);

        Assert.Equal((200, "text/html"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Contains("<title>Databricks - Sign In</title>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dropped_connection_gives_no_status()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Llama).DropsTheConnection();

        await Assert.ThrowsAsync<HttpRequestException>(() => wire.InvokeAsync(Llama, Hello));

        Assert.Null(wire.Emulator.Requests[0].StatusCode);
    }

    [Theory]
    [InlineData(403, """403 {"error_code":"PERMISSION_DENIED","message":"Invalid access token: the token has expired."}""")]
    [InlineData(401, """401 {"error_code":"UNAUTHENTICATED","message":"Access token expired"}""")]
    public async Task An_expired_token_fails_everywhere_until_a_new_one_is_used(int status, string refusal)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Llama).ExpiresTokens(status);

        string[] expired = [await wire.AskAsync(Llama, Hello), await wire.AskAsync("databricks-inkling", Hello)];
        wire.Http.DefaultRequestHeaders.Authorization = new("Bearer", wire.Emulator.RotateToken());
        string renewed = await wire.AskAsync(Llama, Hello);

        Assert.Equal([refusal, refusal], expired);
        Assert.StartsWith("200 ", renewed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotated_token_expires_the_one_before()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.RotateToken();

        string answer = await wire.AskAsync(Llama, Hello);

        Assert.StartsWith("403 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        false,
        true,
        """
        {"usage":{"prompt_tokens":0,"total_tokens":0},"input_guardrail":[{"flagged":true,"categories":null,"category_scores":null,
          "pii_detection":true,"anonymized_input":["Mail <EMAIL_ADDRESS> now"]}],"finishReason":"input_guardrail_triggered"}
        """)]
    [InlineData(
        true,
        false,
        """
        {"usage":{"prompt_tokens":0,"total_tokens":0},"output_guardrail":[{"flagged":true,"categories":{"violent-crimes":true},
          "category_scores":null,"pii_detection":false}],"finishReason":"output_guardrail_triggered"}
        """)]
    public async Task A_guardrail_hides_its_document_in_the_message(bool onOutput, bool pii, string document)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Llama).BlocksByGuardrail(onOutput, pii);

        string answer = await wire.AskAsync(Llama, """{"messages":[{"role":"user","content":"Mail ada@example.com now"}]}""");

        Assert.StartsWith("400 ", answer, StringComparison.Ordinal);
        JsonNode body = JsonNode.Parse(answer[4..])!;
        Assert.Equal(
            ("BAD_REQUEST", Wire.Unwrapped(document)), (body["error_code"]!.GetValue<string>(), body["message"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_disabled_endpoint_has_the_text_of_the_service()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-claude-sonnet-4-5").AnswersAsDisabled();

        Assert.Equal(
            Wire.Unwrapped("""
            403 {"error_code":"PERMISSION_DENIED","message":"PERMISSION_DENIED: The endpoint is temporarily disabled due to a Databricks-set
               rate limit of 0."}
            """),
            await wire.AskAsync("databricks-claude-sonnet-4-5", """{"messages":[{"role":"user","content":"Hi"}]}"""));
    }

    [Fact]
    public async Task The_error_of_an_external_model_is_inside_another()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("azure-gpt-4o").FailsInTheExternalModel(message: "Missing 'input'");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error":"Received error from databricks-model-serving","external_model_message":{"error_code":"INVALID_PARAMETER_VALUE",
              "message":"Missing 'input'"}}
            """),
            await wire.AskAsync("azure-gpt-4o", """{"messages":[{"role":"user","content":"Hi"}]}"""));
    }
}
