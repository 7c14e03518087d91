using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Microsoft.AspNetCore.Builder;

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

    [Theory, InlineData("/v1/chat/completions"), InlineData("/chat")]
    public async Task Concurrent_streams_are_complete_and_separate_and_memory_is_flat(string path)
    {
        await using var app = await TestApp.StartAsync(
            routes =>
            {
                routes.MapOpenAICompatibility("/v1", options => options.Endpoints.Add(Model));
                routes.MapDatabricksChat("/chat", options => options.Endpoints.Add(Model));
            },
            options: new DatabricksEmulatorOptions { Limits = { MaxRecordedRequests = 10 } },
            serving: options => options.Resilience.RateLimiter = null);
        app.Http.Timeout = Timeout.InfiniteTimeSpan;
        Func<TestApp, int, Task<string>> ask = path == "/chat" ? ChatAsync : CompleteAsync;
        await RunAsync(app, ask);
        var after = new List<long>();
        for (var round = 0; round < 4; round++)
        {
            await RunAsync(app, ask);
            after.Add(GC.GetTotalMemory(forceFullCollection: true));
        }

        // The first rounds fill pools; what a round kept after that would add up: 500 streams of 8 KB are 4 MB.
        Assert.True(after[^1] - after[0] < 8 * 1024 * 1024, string.Join(", ", after));
    }

    private static async Task RunAsync(TestApp app, Func<TestApp, int, Task<string>> ask)
    {
        var texts = await Task.WhenAll(Enumerable.Range(0, Streams).Select(number => ask(app, number)));

        Assert.All(texts.Index(), text => Assert.Equal(TextOf(text.Index).Trim(), text.Item.Trim()));
    }

    private static async Task<string> CompleteAsync(TestApp app, int number)
    {
        var events = await EventsAsync(
            app, "/v1/chat/completions",
            $$"""{"model":"{{Model}}","messages":[{"role":"user","content":"Say '{{TextOf(number)}}'"}],"stream":true}""");
        Assert.Equal("[DONE]", events[^1].Data);
        return string.Concat(events.SkipLast(1).Select(item =>
            (string?)JsonNode.Parse(item.Data)!["choices"]![0]!["delta"]!["content"]));
    }

    private static async Task<string> ChatAsync(TestApp app, int number)
    {
        var events = await EventsAsync(app, "/chat", $$"""{"messages":[{"role":"user","content":"Say '{{TextOf(number)}}'"}]}""");
        Assert.Equal(("start", "done"), (events[0].EventType, events[^1].EventType));
        return string.Concat(events.Where(item => item.EventType == "text").Select(item => (string?)JsonNode.Parse(item.Data)!["text"]));
    }

    private static async Task<List<SseItem<string>>> EventsAsync(TestApp app, string path, string body)
    {
        using var response = await app.SendAsync(path, body);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return await SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().ToListAsync();
    }
}
