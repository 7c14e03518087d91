using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.TextCompletions;

/// <summary>Services that escape characters cut their chunks between the two halves of one.</summary>
public class SplitPairTests
{
    [Fact]
    public async Task A_surrogate_pair_split_over_two_chunks_is_joined() => Assert.Equal(
        "a\U0001F600b",
        await TextAsync("""{"choices":[{"text":"a\ud83d"}]}""", """{"choices":[{"text":"\ude00b","finish_reason":"stop"}]}"""));

    [Fact]
    public async Task Half_a_surrogate_pair_that_nothing_completes_fails() => await Assert.ThrowsAsync<DatabricksServingException>(
        () => TextAsync("""{"choices":[{"text":"a\ud83d","finish_reason":"stop"}]}"""));

    private static async Task<string> TextAsync(params string[] chunks)
    {
        var service = new VerbatimService().Streams(string.Concat(chunks.Append("[DONE]").Select(chunk => $"data: {chunk}\n\n")));
        var updates = await service.Client().CompleteStreamingAsync(VerbatimService.EndpointName, "a").ToListAsync();
        return string.Concat(updates.Select(update => update.Text));
    }
}
