namespace Connectors.Databricks.Tests.Emulator.Refusals;

public class ReasoningReplayTests
{
    [Fact]
    public async Task A_foreign_signature_is_refused()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """
            {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"reasoning",
              "summary":[{"type":"summary_text","text":"Hm","signature":"abc"}]},{"type":"text","text":"Ho"}]},{"role":"user",
              "content":"Hi"}]}
            """);

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"messages.1.content.0: Invalid `signature` in `thinking` block\"}"}
            """),
            answer);
    }

    [Fact]
    public async Task Foreign_encrypted_reasoning_is_refused()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """
            {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"reasoning",
              "summary":[{"type":"summary_encrypted_text","data":"abc"}]},{"type":"text","text":"Ho"}]},{"role":"user","content":"Hi"}]}
            """);

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"messages.1.content.0: Invalid `data` in `redacted_thinking`
               block\"}"}
            """),
            answer);
    }

    [Fact]
    public async Task A_model_without_reasoning_takes_no_reasoning_part()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """
            {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"reasoning","summary":[]},{"type":"text",
              "text":"Ho"}]},{"role":"user","content":"Hi"}]}
            """);

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Bad request: messages.1.content.0.type: unknown variant `reasoning`, expected one
               of `text`, `image_url`\n"}
            """),
            answer);
    }

    [Theory]
    [InlineData("Well.", "200 ")]
    [InlineData("Well!", "400 ")]
    public async Task Issued_reasoning_comes_back_byte_for_byte_or_not_at_all(string replayed, string status)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-claude-sonnet-4-5").Replies("Ho.", reasoning: "Well.", signature: "c2ln");
        await wire.ReadAsync("databricks-claude-sonnet-4-5", """{"messages":[{"role":"user","content":"Hi"}]}""");

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            $$"""
            {"messages":[
              {"role":"user","content":"Hi"},
              {"role":"assistant","content":[
                {"type":"reasoning","summary":[{"type":"summary_text","text":"{{replayed}}","signature":"c2ln"}]},
                {"type":"text","text":"Ho."}]},
              {"role":"user","content":"And now?"}]}
            """);

        Assert.StartsWith(status, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Foreign_reasoning_can_be_allowed()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.ClaudeVerifiesReasoning = false);

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """
            {"messages":[
              {"role":"user","content":"Hi"},
              {"role":"assistant","content":[
                {"type":"reasoning","summary":[{"type":"summary_text","text":"Hm","signature":"abc"}]},
                {"type":"text","text":"Ho"}]},
              {"role":"user","content":"And now?"}]}
            """);

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
    }
}
