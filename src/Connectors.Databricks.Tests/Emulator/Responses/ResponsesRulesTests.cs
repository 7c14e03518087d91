using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Responses;

/// <summary>What the Responses API rejects, on the wire.</summary>
public class ResponsesRulesTests
{
    private const string Schema =
        """{"type":"object","properties":{"city":{"type":"string"} },"required":["city"],"additionalProperties":false}""";

    private const string Flat = $"\"name\":\"place\",\"strict\":true,\"schema\":{Schema}";
    private const string Nested = "\"json_schema\":{" + Flat + "}";

    [Theory]
    [InlineData("\"previous_response_id\":\"resp_1\"", "Unsupported parameter: 'previous_response_id' is not supported.")]
    [InlineData("\"conversation\":\"c\"", "Unsupported parameter: 'conversation' is not supported.")]
    [InlineData("\"background\":true", "Unsupported parameter: 'background' is not supported.")]
    [InlineData("\"store\":true", "Unsupported parameter: 'store' is not supported.")]
    [InlineData("\"stop\":[\"x\"]", "unknown field \\\"stop\\\"")]
    [InlineData("\"seed\":1", "unknown field \\\"seed\\\"")]
    [InlineData("\"messages\":[]", "unknown field \\\"messages\\\"")]
    [InlineData("\"temperature\":2.1", "must be between 0 and 2")]
    [InlineData("\"reasoning\":{\"effort\":\"huge\"}", "expected one of")]
    [InlineData("\"tools\":[{\"type\":\"web_search\"}]", "only 'function' is supported")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]", "Missing required parameter: 'tools[0].name'.")]
    public async Task The_gateway_rejects_what_it_does_not_know(string member, string message)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskResponsesAsync(ResponsesWire.Gateway, $$"""{"model":"system.ai.kimi-k3","input":"Hi",{{member}} }""");

        Assert.StartsWith("400 ", answer, StringComparison.Ordinal);
        Assert.Contains(message, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"store\":false,\"background\":false,\"previous_response_id\":null")]
    [InlineData("\"user\":\"u\",\"safety_identifier\":\"s\",\"metadata\":{\"a\":\"b\"},\"truncation\":\"auto\"")]
    [InlineData("\"temperature\":2,\"top_p\":0.5,\"include\":[\"reasoning.encrypted_content\"]")]
    public async Task What_has_no_effect_is_accepted(string members)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.StartsWith(
            "200 ",
            await wire.AskResponsesAsync(ResponsesWire.Gateway, $$"""{"model":"system.ai.kimi-k3","input":"Hi",{{members}} }"""),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_temperature_of_claude_runs_to_two_and_adaptive_claude_takes_none()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.StartsWith(
            "200 ",
            await wire.AskResponsesAsync(
                ResponsesWire.Gateway, """{"model":"system.ai.claude-sonnet-4-5","input":"Hi","temperature":2}"""),
            StringComparison.Ordinal);
        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Model eu.anthropic.claude-opus-5 does not support the temperature parameter."}""",
            await wire.AskResponsesAsync(ResponsesWire.Gateway, """{"model":"system.ai.claude-opus-5","input":"Hi","temperature":1}"""));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"type":"unknown"}]""")]
    [InlineData("""[{"role":"unknown","content":"Hi"}]""")]
    [InlineData("""[{"role":"user","content":[{"type":"input_file","file_id":"f"}]}]""")]
    [InlineData("""[{"role":"user","content":[{"type":"input_image","file_id":"f"}]}]""")]
    [InlineData("""[{"role":"user","content":"Hi"},{"type":"function_call_output","call_id":"call_1","output":"x"}]""")]
    public async Task Input_items_are_checked(string input)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.StartsWith(
            "400 ",
            await wire.AskResponsesAsync(ResponsesWire.Gateway, $$"""{"model":"system.ai.kimi-k3","input":{{input}} }"""),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_inside_a_message_cannot_be_parsed()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.StartsWith(
            "400 {\"error_code\":\"INVALID_PARAMETER_VALUE\"",
            await wire.AskResponsesAsync(
                ResponsesWire.Gateway,
                """
                {"model":"system.ai.kimi-k3","input":[{"role":"user","content":"Hi"},{"role":"assistant","content":[
                  {"type":"function_call","call_id":"call_1","name":"f","arguments":"{}"}]}]}
                """),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("system.ai.claude-sonnet-4-5", "system.ai.claude-sonnet-4-5", "200")]
    [InlineData("system.ai.gpt-5-2", "system.ai.gpt-5-2", "200")]
    [InlineData("system.ai.gpt-5-2", "system.ai.claude-sonnet-4-5", "400")]
    [InlineData("system.ai.claude-sonnet-4-5", "system.ai.gpt-5-2", "400")]
    public async Task Encrypted_reasoning_goes_back_to_its_own_model(string first, string second, string status)
    {
        await using Wire wire = await Wire.OpenAsync();
        JsonNode response = await wire.ReadResponsesAsync(
            ResponsesWire.Gateway, $$"""{"model":"{{first}}","input":"Hi","reasoning":{"effort":"low"} }""");
        string items = string.Join(',', response["output"]!.AsArray().Select(item => item!.ToJsonString()));

        string answer = await wire.AskResponsesAsync(
            ResponsesWire.Gateway,
            $$"""{"model":"{{second}}","input":[{"role":"user","content":"Hi"},{{items}},{"role":"user","content":"Again"}]}""");

        Assert.Equal(status, answer[..3]);
    }

    [Theory]
    [InlineData("databricks-gpt-5-2", "serving-endpoints/responses", "400")]
    [InlineData("system.ai.gpt-5-2", "ai-gateway/mlflow/v1/responses", "200")]
    public async Task On_serving_endpoints_long_ids_are_returned_and_not_taken_back(string model, string path, string status)
    {
        await using Wire wire = await Wire.OpenAsync();
        JsonNode response = await wire.ReadResponsesAsync(path, $$"""{"model":"{{model}}","input":"Hi"}""");
        string item = response["output"]![0]!.ToJsonString();

        string answer = await wire.AskResponsesAsync(
            path, $$"""{"model":"{{model}}","input":[{"role":"user","content":"Hi"},{{item}},{"role":"user","content":"Again"}]}""");

        Assert.Equal(status, answer[..3]);
        Assert.Equal(
            status == "400", answer.Contains("string too long. Expected a string with maximum length 64", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gemini_wants_the_encrypted_content_of_its_call_back()
    {
        await using Wire wire = await Wire.OpenAsync();
        const string Tools = "\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}]";
        wire.Emulator.Endpoint("system.ai.gemini-pro").CallsTool("f");
        JsonNode response = await wire.ReadResponsesAsync(
            ResponsesWire.Gateway, $$"""{"model":"system.ai.gemini-pro","input":"Hi",{{Tools}} }""");
        JsonNode call = response["output"]![0]!;

        Assert.StartsWith("200 ", await AgainAsync(), StringComparison.Ordinal);
        call.AsObject().Remove("encrypted_content");
        Assert.Contains("missing a thought_signature", await AgainAsync(), StringComparison.Ordinal);

        Task<string> AgainAsync() => wire.AskResponsesAsync(
            ResponsesWire.Gateway,
            $$"""
            {"model":"system.ai.gemini-pro",{{Tools}},"input":[{"role":"user","content":"Hi"},{{call.ToJsonString()}},
              {"type":"function_call_output","call_id":{{call["call_id"]!.ToJsonString()}},"output":"x"}]}
            """);
    }

    [Theory]
    [InlineData(false, "200")]
    [InlineData(true, "400")]
    public async Task A_changed_item_is_rejected_when_strict(bool strict, string status)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Strict = strict);
        JsonNode response = await wire.ReadResponsesAsync(ResponsesWire.Gateway, """{"model":"system.ai.kimi-k3","input":"Hi"}""");
        JsonNode item = response["output"]![0]!;
        Assert.StartsWith("200 ", await AgainAsync(), StringComparison.Ordinal);

        item.AsObject().Remove("status");

        Assert.Equal(status, (await AgainAsync())[..3]);

        Task<string> AgainAsync() => wire.AskResponsesAsync(
            ResponsesWire.Gateway,
            $$"""
            {"model":"system.ai.kimi-k3","input":[{"role":"user","content":"Hi"},{{item.ToJsonString()}},{"role":"user","content":"And?"}]}
            """);
    }

    // Databricks documents both: the first for Open Responses, the second in the REST reference of foundation models.
    [Theory]
    [InlineData("system.ai.claude-sonnet-4-5", ResponsesWire.Gateway, Flat, "200")]
    [InlineData("system.ai.claude-sonnet-4-5", ResponsesWire.Gateway, Nested, "200")]
    [InlineData("databricks-gpt-5-2", ResponsesWire.Serving, Flat, "200")]
    [InlineData("databricks-gpt-5-2", ResponsesWire.Serving, Nested, "200")]
    [InlineData("databricks-gpt-5-2", ResponsesWire.Serving, Nested, "400", true)]
    [InlineData("databricks-gpt-5-2", ResponsesWire.Serving, Flat, "200", true)]
    [InlineData("system.ai.gpt-5-2", ResponsesWire.Gateway, Nested, "200", true)]
    public async Task The_schema_of_a_format_is_flat_or_nested(string model, string path, string schema, string status, bool strict = false)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Strict = strict);

        string answer = await wire.AskResponsesAsync(
            path, $$"""{"model":"{{model}}","input":"Which city?","text":{"format":{"type":"json_schema",{{schema}} } } }""");

        Assert.Equal(status, answer[..3]);
        Assert.Contains(
            status == "200" ? "{\\\"city\\\":" : "Missing required parameter: 'text.format.name'.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_of_gpt_requires_a_name()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Contains(
            "Missing required parameter: 'text.format.name'.",
            await wire.AskResponsesAsync(
                ResponsesWire.Serving,
                """{"model":"databricks-gpt-5-2","input":"Hi","text":{"format":{"type":"json_schema","schema":{"type":"object"} } } }"""),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_may_be_an_address_for_every_family()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.StartsWith(
            "200 ",
            await wire.AskResponsesAsync(
                ResponsesWire.Gateway,
                """
                {"model":"system.ai.claude-sonnet-4-5","input":[{"role":"user","content":[{"type":"input_text","text":"Hi"},
                  {"type":"input_image","image_url":"https://example.com/a.png"}]}]}
                """),
            StringComparison.Ordinal);
    }
}
