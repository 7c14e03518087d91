using System.Globalization;
using Connectors.Databricks.AspNetCore.Tests.OpenAI;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.AspNetCore.Tests.Load;

/// <summary>Many streams at once, over HTTP on loopback: nothing is lost, duplicated or crossed, and memory does not grow.</summary>
public class ConcurrentStreamTests
{
    private const int Streams = 500;
    private const int Words = 40;
    private const string Model = "databricks-meta-llama-3-3-70b-instruct";

    // Each stream has words of its own, so that a lost, repeated or foreign word changes its text.
    private static string TextOf(int number) => string.Concat(
        Enumerable.Range(0, Words).Select(word => string.Create(CultureInfo.InvariantCulture, $"s{number}w{word} ")));

    [Fact]
    public async Task Concurrent_streams_are_complete_and_separate_and_memory_is_flat()
    {
        await using var app = await OpenAIApp.StartAsync(
            options: new DatabricksEmulatorOptions { Limits = { MaxRecordedRequests = 10 } },
            serving: options => options.Resilience.RateLimiter = null);
        app.Http.Timeout = Timeout.InfiniteTimeSpan;
        await RunAsync(app);
        var after = new List<long>();
        for (var round = 0; round < 4; round++)
        {
            await RunAsync(app);
            after.Add(GC.GetTotalMemory(forceFullCollection: true));
        }

        // The first rounds fill pools; what a round kept after that would add up: 500 streams of 8 KB are 4 MB.
        Assert.True(after[^1] - after[0] < 8 * 1024 * 1024, string.Join(", ", after));
    }

    private static async Task RunAsync(OpenAIApp app)
    {
        var texts = await Task.WhenAll(Enumerable.Range(0, Streams).Select(number => AskAsync(app, number)));

        Assert.All(texts.Index(), text => Assert.Equal(TextOf(text.Index).Trim(), text.Item.Trim()));
    }

    private static async Task<string> AskAsync(OpenAIApp app, int number)
    {
        var events = await app.StreamAsync(
            "chat/completions", $$"""{"model":"{{Model}}","messages":[{"role":"user","content":"Say '{{TextOf(number)}}'"}],"stream":true}""");
        Assert.Equal("[DONE]", events[^1]);
        return string.Concat(events.SkipLast(1).Select(
            json => (string?)System.Text.Json.Nodes.JsonNode.Parse(json)!["choices"]![0]!["delta"]!["content"]));
    }
}
