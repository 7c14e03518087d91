namespace Connectors.Databricks.Tests.Emulator.Behaviors;

public class ResponseQueueTests
{
    private const string Llama = "databricks-meta-llama-3-3-70b-instruct";
    private const string Hello = """{"messages":[{"role":"user","content":"Say \"by myself\""}]}""";

    [Fact]
    public async Task Scripted_answers_come_in_order_and_then_the_endpoint_answers_by_itself()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Llama).Replies("One.").AnswersByItself().Replies("Two.");

        string[] answers =
        [
            await wire.TextAsync(Llama, Hello),
            await wire.TextAsync(Llama, Hello),
            await wire.TextAsync(Llama, Hello),
            await wire.TextAsync(Llama, Hello),
        ];

        Assert.Equal(["One.", "by myself", "Two.", "by myself"], answers);
    }

    [Fact]
    public async Task A_refused_request_leaves_the_script_as_it_was()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Llama).Replies("One.");

        string refused = await wire.AskAsync(Llama, """{"messages":[{"role":"user","content":"Hi"}],"foo":1}""");
        string answered = await wire.TextAsync(Llama, Hello);

        Assert.StartsWith("400 ", refused, StringComparison.Ordinal);
        Assert.Equal("One.", answered);
    }

    [Fact]
    public async Task A_failure_does_not_wait_for_an_acceptable_request()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Llama).Fails(503, "TEMPORARILY_UNAVAILABLE");

        string failed = await wire.AskAsync(Llama, """{"messages":[{"role":"user","content":"Hi"}],"foo":1}""");

        Assert.Equal(
            """503 {"error_code":"TEMPORARILY_UNAVAILABLE","message":"The service is temporarily unavailable. Please try again later."}""",
            failed);
    }

    [Fact]
    public async Task An_exact_document_is_sent_even_to_a_request_for_a_stream()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Llama).Replies(new System.Text.Json.Nodes.JsonObject { ["odd"] = "ü" });

        string answer = await wire.AskAsync(Llama, """{"messages":[{"role":"user","content":"Hi"}],"stream":true}""");

        Assert.Equal("""200 {"odd":"ü"}""", answer);
    }

    [Fact]
    public async Task A_raw_body_keeps_its_status_and_type()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Llama).RepliesRaw("no json", 202, "text/plain");

        using HttpResponseMessage response = await wire.InvokeAsync(Llama, Hello);

        Assert.Equal(
            (202, "text/plain", "no json"),
            ((int)response.StatusCode, response.Content.Headers.ContentType!.ToString(), await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Two_decorations_of_one_kind_decorate_two_answers()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Llama).EndsTheStreamQuietlyAfter(0).EndsTheStreamQuietlyAfter(0);
        const string Stream = """{"messages":[{"role":"user","content":"Say \"ok\""}],"stream":true}""";

        string[] answers = [await wire.ReadAsync(Llama, Stream), await wire.ReadAsync(Llama, Stream), await wire.ReadAsync(Llama, Stream)];

        Assert.Equal([true, true, false], answers.Select(answer => answer.Length == 0));
    }

    [Fact]
    public async Task Any_finish_reason_can_be_scripted()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Llama).Replies("Hi.", finishReason: "end_turn");

        string answer = await wire.ReadAsync(Llama, Hello);

        Assert.Contains("\"finish_reason\":\"end_turn\"", answer, StringComparison.Ordinal);
    }
}
