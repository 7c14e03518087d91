using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Refusals;

/// <summary>What a strict emulator rejects besides: what no source says is accepted.</summary>
public class StrictTests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private const string Call =
        "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":null,"
            + "\"tool_calls\":["
            + "{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
            + "{\"role\":\"user\",\"content\":\"Again\"}]";

    [Theory]
    [InlineData("databricks-meta-llama-3-3-70b-instruct", Hi + ",\"max_completion_tokens\":10")]
    [InlineData("databricks-kimi-k3", Hi + ",\"logprobs\":true")]
    [InlineData("databricks-gpt-5-2", Hi + ",\"seed\":1")]
    [InlineData("databricks-claude-sonnet-4-5", Hi + ",\"service_tier\":\"auto\"")]
    [InlineData("databricks-claude-sonnet-4-5", Hi + ",\"temperature\":1,\"top_p\":0.5")]
    [InlineData("databricks-claude-sonnet-4-5", Call)]
    [InlineData("databricks-gpt-5-2", Call)]
    [InlineData(
        "databricks-gemini-3-1-pro",
        Hi + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\","
            + "\"parameters\":{\"type\":\"object\",\"additionalProperties\":false}}}]")]
    public async Task What_is_without_evidence_is_accepted_unless_strict(string endpoint, string members)
    {
        await using Wire lenient = await Wire.OpenAsync();
        await using Wire strict = await Wire.OpenAsync(options => options.Strict = true);

        Assert.StartsWith("200 ", await lenient.AskAsync(endpoint, $"{{{members}}}"), StringComparison.Ordinal);
        Assert.StartsWith("400 ", await strict.AskAsync(endpoint, $"{{{members}}}"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_has_a_switch() =>
        Assert.True(Connectors.Databricks.Emulator.CommandLine.Arguments.Parse(["--strict", "--port", "0"]).Options.Strict);
}
