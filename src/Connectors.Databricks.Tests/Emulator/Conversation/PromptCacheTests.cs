using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Conversation;

public class PromptCacheTests
{
    private const string Request = """
        {"messages":[{"role":"system","content":[{"type":"text","text":"one two three","cache_control":{"type":"ephemeral"}}]},
          {"role":"user","content":"four five"}]}
        """;

    [Fact]
    public async Task A_marked_prefix_is_written_once_and_then_read()
    {
        await using Wire wire = await Wire.OpenAsync();

        string[] usages =
        [
            Usage(await wire.ReadAsync("databricks-claude-sonnet-4-5", Request)),
            Usage(await wire.ReadAsync("databricks-claude-sonnet-4-5", Request)),
        ];

        Assert.Equal(["prompt 5, written 3, read 0", "prompt 5, written 0, read 3"], usages);
    }

    [Fact]
    public async Task Cached_tokens_can_be_counted_separately()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.ClaudeCountsCachedTokensSeparately = true);

        Assert.Equal("prompt 2, written 3, read 0", Usage(await wire.ReadAsync("databricks-claude-sonnet-4-5", Request)));
    }

    private static string Usage(string answer)
    {
        JsonNode usage = JsonNode.Parse(answer)!["usage"]!;
        return $"prompt {usage["prompt_tokens"]}, written {usage["cache_creation_input_tokens"]}, read {usage["cache_read_input_tokens"]}";
    }
}
