namespace Connectors.Databricks.Tests.Emulator.Refusals;

public class ContentRuleTests
{
    [Fact]
    public async Task Claude_takes_no_empty_string()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """
            {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"","tool_calls":[{"id":"a","type":"function",
              "function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"a","content":"ok"}]}
            """);

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"messages: text content blocks must be non-empty\"}"}""",
            answer);
    }

    [Fact]
    public async Task Claude_takes_no_empty_tool_result()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """
            {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function",
              "function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"a","content":""}]}
            """);

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"messages: text content blocks must be non-empty\"}"}""",
            answer);
    }

    [Fact]
    public async Task Claude_takes_no_empty_part()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":[{"type":"text","text":""}]}]}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"messages: text content blocks must be non-empty\"}"}""",
            answer);
    }

    [Fact]
    public async Task Claude_fetches_no_images()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"messages.0.content.0.image_url: remote image URLs are not supported,
               use a base64 data URL\"}"}
            """),
            answer);
    }

    [Fact]
    public async Task A_part_of_an_unknown_type_is_refused()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":[{"type":"video_url","video_url":{"url":"x"}}]}]}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Bad request: messages.0.content.0.type: unknown variant `video_url`, expected one
               of `text`, `image_url`\n"}
            """),
            answer);
    }

    [Fact]
    public async Task Content_is_text_or_parts()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":7}]}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Bad request: messages.0.content: content must be a string or an array of parts\n"}
            """),
            answer);
    }

    [Fact]
    public async Task Only_a_call_goes_without_content()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user"}]}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Bad request: messages.0.content: content is required unless the message has
               tool_calls\n"}
            """),
            answer);
    }

    [Fact]
    public async Task Remote_images_can_be_allowed_on_Claude()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.ClaudeAcceptsRemoteImages = true);

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}""");

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
    }
}
