using Connectors.Databricks.Benchmarks.Scenarios;
using Connectors.Databricks.Benchmarks.Service;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Benchmarks;

/// <summary>Twice the work takes at most twice the memory, counted in bytes that were allocated.</summary>
[Collection(nameof(RunsAlone))]
public class GrowthTests
{
    /// <summary>What a pool or a background thread may add to a call.</summary>
    private const long Slack = 2 * 1024;

    [Theory]
    [InlineData(100)]
    [InlineData(400)]
    public Task History(int messages) => TwiceCostsTwice(
        messages, count => new ChatScenario(Conversations.History(count), Conversations.Tools(), withPeer: false));

    [Theory]
    [InlineData(500)]
    [InlineData(4_000)]
    public Task Words_of_an_answer(int words) =>
        TwiceCostsTwice(words, count => new ChatScenario(Conversations.Question(), words: count, withPeer: false));

    [Theory]
    [InlineData(StreamDialect.Llama)]
    [InlineData(StreamDialect.Claude)]
    [InlineData(StreamDialect.Reasoning)]
    public Task Deltas(StreamDialect dialect) => TwiceCostsTwice(1_000, count => new StreamScenario(dialect, count));

    [Fact]
    public Task Fragments_of_a_tool_call() => TwiceCostsTwice(1_000, count => new ToolCallScenario(count));

    [Theory]
    [InlineData(EmbeddingFormat.ShortNumbers)]
    [InlineData(EmbeddingFormat.Base64)]
    public Task Vectors(EmbeddingFormat format) => TwiceCostsTwice(4, batches => new EmbeddingScenario(format, batches));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Endpoints(bool isClassified) => TwiceCostsTwice(500, count => new EndpointListScenario(count, isClassified));

    private static async Task TwiceCostsTwice(int work, Func<int, Scenario> create)
    {
        var once = await AllocatedAsync(create(work));

        var twice = await AllocatedAsync(create(2 * work));

        Assert.InRange(twice, once, (2 * once) + Slack);
    }

    // The first calls fill pools and caches: the least of some is what a call costs.
    private static async Task<long> AllocatedAsync(Scenario scenario)
    {
        await using var _ = scenario;
        await scenario.PrepareAsync();
        var least = long.MaxValue;
        for (var i = 0; i < 8; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await scenario.Contenders[1].Act();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }
}
