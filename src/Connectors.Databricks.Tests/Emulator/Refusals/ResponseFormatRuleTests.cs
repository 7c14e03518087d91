namespace Connectors.Databricks.Tests.Emulator.Refusals;

public class ResponseFormatRuleTests
{
    [Fact]
    public async Task OpenAI_wants_a_name_for_the_schema()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gpt-5-2",
            """
            {"messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"json_schema",
              "json_schema":{"schema":{"type":"object"}}}}
            """);

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\n  \"error\": {\n    \"message\": \"Missing required parameter:
               'response_format.json_schema.name'.\",\n    \"type\": \"invalid_request_error\",\n    \"param\":
               \"response_format.json_schema.name\",\n    \"code\": \"missing_required_parameter\"\n  }\n}"}
            """),
            answer);
    }

    [Fact]
    public async Task OpenAI_wants_strict_schemas_closed()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gpt-5-2",
            """
            {"messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,
              "schema":{"type":"object","properties":{"a":{"type":"string"}}}}}}
            """);

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\n  \"error\": {\n    \"message\": \"Invalid schema for response_format 'n': In
               context=(), 'additionalProperties' is required to be supplied and to be false, and 'required' is required to be supplied
               and to be an array including every key in properties.\",\n    \"type\": \"invalid_request_error\",\n    \"param\":
               \"response_format\",\n    \"code\": null\n  }\n}"}
            """),
            answer);
    }

    [Fact]
    public async Task Claude_takes_no_json_object()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"json_object"}}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"response_format.type: invalid value 'json_object', expected one of
               'text', 'json_schema'\"}"}
            """),
            answer);
    }

    [Fact]
    public async Task An_unknown_format_is_refused()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"xml"}}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Bad request: response_format.type: unknown variant `xml`, expected one of `text`,
               `json_object`, `json_schema`\n"}
            """),
            answer);
    }

    [Fact]
    public async Task A_schema_format_needs_a_schema()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"json_schema"}}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: response_format.json_schema.schema: a schema is required\n"}""",
            answer);
    }

    [Fact]
    public async Task A_json_object_can_be_allowed_on_Claude()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.ClaudeAcceptsJsonObject = true);

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"json_object"}}""");

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, true, "200 ")]
    [InlineData(65, true, "400 ")]
    [InlineData(65, false, "200 ")]
    public async Task A_format_has_sixty_four_keys_when_the_documented_limits_hold(int keys, bool areEnforced, string status)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.EnforcesDocumentedSchemaLimits = areEnforced);
        string properties = string.Join(",", Enumerable.Range(0, keys).Select(key => $"\"k{key}\":{{}}"));

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            $$$"""
            {"messages":[{"role":"user","content":"Hi"}],
             "response_format":{"type":"json_schema","json_schema":{"schema":{"properties":{
               {{{properties}}}
             }} }} }
            """);

        Assert.StartsWith(status, answer, StringComparison.Ordinal);
    }
}
