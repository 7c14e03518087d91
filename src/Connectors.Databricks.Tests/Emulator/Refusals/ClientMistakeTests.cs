using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.Emulator.Gateway;

namespace Connectors.Databricks.Tests.Emulator.Refusals;

/// <summary>
/// The mistakes of known clients, one by one: a test run of such a client against the emulator fails as it does against the service.
/// </summary>
public class ClientMistakeTests
{
    private const string Tool = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\","
        + "\"parameters\":{\"$schema\":\"x\",\"type\":\"object\"},";

    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    [Theory]
    [InlineData(
        "max_completion_tokens", "databricks-gpt-oss-120b", "\"max_completion_tokens\":100",
        "unknown field \\\"max_completion_tokens\\\"")]
    [InlineData("seed", "databricks-gpt-oss-120b", "\"seed\":7", "unknown field \\\"seed\\\"")]
    [InlineData("thinking", "databricks-gpt-oss-120b", "\"thinking\":{\"type\":\"enabled\"}", "unknown field \\\"thinking\\\"")]
    [InlineData(
        "stop", "databricks-gpt-oss-120b", "\"stop\":[\"x\"]",
        "Unsupported parameter: \\\"stop\\\" is not supported with this model.")]
    [InlineData(
        "a high limit", "databricks-gpt-oss-120b", "\"max_tokens\":128000",
        "max_new_tokens 128000 cannot be greater than max_output_tokens 25000.")]
    [InlineData(
        "json_object without the word", "databricks-gpt-oss-120b", "\"response_format\":{\"type\":\"json_object\"}",
        "\\\"messages\\\" must contain the word \\\"json\\\" in some form")]
    [InlineData(
        "pattern", "databricks-gpt-oss-120b",
        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"r\",\"strict\":true,\"schema\":{\"type\":\"object\","
            + "\"properties\":{\"a\":{\"type\":\"string\",\"pattern\":\"^a$\"}}}}}",
        "Invalid JSON schema - the \\\"pattern\\\" keyword is not supported")]
    [InlineData("strict on Claude", "databricks-claude-sonnet-4-5", Tool + "\"strict\":true}}]", "tools.0.custom.strict: Extra inputs")]
    [InlineData("parallel_tool_calls", "databricks-claude-sonnet-4-5", "\"parallel_tool_calls\":true", "parallel_tool_calls: Extra inputs")]
    [InlineData("temperature on Opus", "databricks-claude-opus-4-8", "\"temperature\":0.2", "does not support the temperature parameter.")]
    [InlineData("temperature on GPT-5", "databricks-gpt-5-2", "\"temperature\":0.1", "Only the default (1) value is supported.")]
    [InlineData("$schema on Gemini", "databricks-gemini-3-1-pro", Tool + "\"strict\":null}}]", "Unknown name \\\"$schema\\\"")]
    [InlineData(
        "stream_options on Gemini", "databricks-gemini-3-1-pro", "\"stream\":true,\"stream_options\":{\"include_usage\":true}",
        "Unknown name \\\"stream_options\\\"")]
    [InlineData("prompt to chat", "databricks-meta-llama-3-3-70b-instruct", "\"prompt\":\"Hi\"", "unknown field \\\"prompt\\\"")]
    public async Task A_mistake_is_rejected_with_the_text_of_the_service(string mistake, string endpoint, string member, string message)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(endpoint, $"{{{Hi},{member}}}");

        var isRejected = answer.StartsWith("400 ", StringComparison.Ordinal) && answer.Contains(message, StringComparison.Ordinal);
        Assert.True(isRejected, $"{mistake}: {answer}");
    }

    [Theory]
    [InlineData("databricks-kimi-k3", "\"\"")]
    [InlineData("databricks-kimi-k3", "[]")]
    [InlineData("databricks-inkling", "\" \"")]
    [InlineData("databricks-inkling", "[{\"type\":\"text\",\"text\":\"\"}]")]
    [InlineData("databricks-inkling", "null")]
    public async Task An_empty_turn_of_the_assistant_is_rejected(string endpoint, string content)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.StartsWith(
            "400 ",
            await wire.AskAsync(
                endpoint,
                $"{{\"messages\":[{{\"role\":\"user\",\"content\":\"Hi\"}},{{\"role\":\"assistant\",\"content\":{content}}},"
                    + "{\"role\":\"user\",\"content\":\"Go on\"}]}"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("system.ai.gpt-oss-120b", "\"max_tokens\":32000", "max_tokens (32000) cannot exceed 25000.")]
    [InlineData("system.ai.llama-4-maverick", "\"max_tokens\":9000", "max_tokens (9000) cannot exceed 8192.")]
    [InlineData("system.ai.claude-sonnet-4-5", "\"prompt_cache_key\":\"k\"", "Bad request: json: unknown field \\\"prompt_cache_key\\\"")]
    public async Task On_the_gateway_other_texts_are_sent(string model, string member, string message)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, $"{{\"model\":\"{model}\",{Hi},{member}}}");

        Assert.StartsWith("400 ", answer, StringComparison.Ordinal);
        Assert.Contains(message, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_asks_for_base64_gets_numbers()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Contains(
            "\"embedding\":[",
            await wire.ReadAsync("databricks-gte-large-en", """{"input":"x","encoding_format":"base64"}"""),
            StringComparison.Ordinal);
    }
}
