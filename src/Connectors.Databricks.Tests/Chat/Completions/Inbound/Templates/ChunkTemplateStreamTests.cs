using System.Text;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Inbound.Templates;

/// <summary>Which chunks of a stream are matched instead of parsed, and which template the next stream starts with.</summary>
public class ChunkTemplateStreamTests
{
    private static readonly string Costly = $$$"""{"id":"c1","choices":[{"delta":{"role":"{{{new string('r', 500)}}}","content":"a"}}]}""";

    // Parsing an unknown role allocates a new string of about a thousand bytes for each chunk.
    [Fact]
    public async Task Chunks_that_match_the_template_of_a_stream_are_not_parsed()
    {
        const int Chunks = 1000;
        using var service = new VerbatimService();
        service.Streams(Stream(Enumerable.Repeat(Costly, Chunks + 3)));
        await using var updates = service.Chat().GetStreamingResponseAsync("Hi").GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        await Next(updates, 2);

        var before = GC.GetAllocatedBytesForCurrentThread();
        await Next(updates, Chunks);

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Chunks, 1, 500);
    }

    // When matched, both have the role of the template; when parsed, each has its own string.
    [Fact]
    public async Task The_next_stream_of_a_client_starts_with_the_template_of_the_last()
    {
        using var service = new VerbatimService();
        service.Streams(Stream([Costly, Costly, Costly]));
        service.Streams(Stream([Costly.Replace("c1", "c2"), Costly]));
        var chat = service.Chat();
        await Exchange.Collect(chat);

        var updates = await Exchange.Collect(chat);

        Assert.Equal(("c2", "a"), (updates[0].ResponseId, updates[0].Text));
        Assert.Same(updates[0].Role!.Value.Value, updates[1].Role!.Value.Value);
    }

    // An unknown member may hold anything, including response content.
    [Fact]
    public async Task A_template_that_matches_no_other_chunk_is_not_shared()
    {
        using var service = new VerbatimService();
        var own = Enumerable.Range(0, 3).Select(i => Costly.Replace("\"content\"", $"\"unknown\":\"word {i}\",\"content\"")).ToArray();
        service.Streams(Stream([Costly, Costly, Costly, .. own]));
        service.Streams(Stream([Costly, Costly]));
        var chat = service.Chat();
        await Exchange.Collect(chat);

        var updates = await Exchange.Collect(chat);

        Assert.Same(updates[0].Role!.Value.Value, updates[1].Role!.Value.Value);
    }

    [Fact]
    public async Task An_invalid_string_that_the_parser_skips_builds_no_template()
    {
        using var service = new VerbatimService();
        const string Chunk = """{"model":"m","choices":[{"delta":{"content":"a"}}]}""";
        service.Streams(Stream([Chunk, Chunk.Replace("\"m\"", "\"\\ud800\""), Chunk]));

        var updates = await Exchange.Collect(service.Chat());

        Assert.Equal("aaa", string.Concat(updates.Select(update => update.Text)));
    }

    private static MemoryStream Stream(IEnumerable<string> chunks) =>
        new(Encoding.UTF8.GetBytes(string.Concat(chunks.Select(chunk => $"data: {chunk}\n\n")) + "data: [DONE]\n\n"));

    private static async Task Next(IAsyncEnumerator<ChatResponseUpdate> updates, int count)
    {
        for (var i = 0; i < count; i++)
        {
            // Every call completes synchronously, so that all allocations happen on this thread.
            var next = updates.MoveNextAsync();
            Assert.True(next.IsCompletedSuccessfully);
            Assert.True(await next);
        }
    }
}
