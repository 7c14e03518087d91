using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Wire;

/// <summary>Services that escape characters cut their deltas between the two escapes of one character.</summary>
public class SurrogatePairJoinerTests
{
    [Theory]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"@"}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"@"}]}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":["@"]}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"reasoning_content":"@"}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"@"}]}]}}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"refusal":"@"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":"@"},"index":0}]}""")]
    [InlineData("""{"delta":{"role":"assistant","id":"m1","content":"@"}}""")]
    public async Task A_character_that_is_split_over_two_deltas_is_whole(string chunk)
    {
        Assert.Equal("a😀b🗼", await ReadAsync(chunk, "a\\ud83d", "\\ude00b", "\\uD83D", "\\uDDFC"));
        Assert.Equal("a😀b🗼", await ReadAsync(chunk, "a\\ud83d", "", "\\ude00b\\ud83d", "\\uddfc"));
        Assert.Equal("😀é\n\"/😀", await ReadAsync(chunk, "\\ud83d\\ude00é\\n\\\"\\/\\ud83d", "\\ude00"));
    }

    [Theory]
    [InlineData("a\\ud83d", "b")]
    [InlineData("a\\ud83d", "\\ud83d")]
    [InlineData("a", "\\ude00")]
    [InlineData("a\\ud83d")]
    [InlineData("a\\ud83db")]
    [InlineData("a\\ude00\\ud83db")]
    public async Task Half_a_character_is_no_text(params string[] deltas)
    {
        var failure = await Assert.ThrowsAsync<DatabricksServingException>(
            () => ReadAsync("""{"choices":[{"index":0,"delta":{"content":"@"}}]}""", deltas));

        Assert.Contains("a response that is not the expected JSON", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_of_a_tool_call_are_whole()
    {
        string[] deltas = ["{\\\"q\\\":\\\"a\\ud83d", "\\ude00b", "\\\"}"];
        var updates = await Exchange.Collect(new VerbatimService().Streams(Exchange.Events(
            [.. deltas.Select(delta =>
                $$$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{{{{delta}}}}"}}]}}]}"""), "[DONE]"])).Chat());

        var call = Assert.Single(updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>());
        Assert.Equal("a😀b", $"{call.Arguments!["q"]}");
    }

    private static async Task<string> ReadAsync(string chunk, params string[] deltas)
    {
        string[] events =
        [
            .. deltas.Select(delta => chunk.Replace("@", delta, StringComparison.Ordinal)),
            """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"finish_reason":"stop"}""",
            "[DONE]",
        ];
        var updates = await Exchange.Collect(new VerbatimService().Streams(Exchange.Events(events)).Chat());
        return string.Concat(updates.SelectMany(update => update.Contents).Select(Text));
    }

    private static string? Text(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => reasoning.Text,
        ErrorContent error => error.Message,
        _ => null,
    };
}
