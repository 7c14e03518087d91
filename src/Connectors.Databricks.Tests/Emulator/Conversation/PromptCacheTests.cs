using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Conversation;

public class PromptCacheTests
{
    [Fact]
    public async Task A_marked_prefix_is_written_once_and_then_read()
    {
        await using Wire wire = await Wire.OpenAsync();
        const string Request = """
            {"messages":[{"role":"system","content":[{"type":"text","text":"one two three","cache_control":{"type":"ephemeral"}}]},
              {"role":"user","content":"four five"}]}
            """;

        string[] usages =
        [
            Usage(await wire.ReadAsync("databricks-claude-sonnet-4-5", Request)),
            Usage(await wire.ReadAsync("databricks-claude-sonnet-4-5", Request)),
        ];

        Assert.Equal(["prompt 2, written 3, read 0", "prompt 2, written 0, read 3"], usages);
    }

    private static string Usage(string answer)
    {
        JsonNode usage = JsonNode.Parse(answer)!["usage"]!;
        return $"prompt {usage["prompt_tokens"]}, written {usage["cache_creation_input_tokens"]}, read {usage["cache_read_input_tokens"]}";
    }
}
