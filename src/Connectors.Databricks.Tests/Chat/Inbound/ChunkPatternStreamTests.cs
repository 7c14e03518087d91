using System.Text;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Inbound;

/// <summary>When the chunks of a stream are compared instead of read, and which pattern the next stream begins with.</summary>
public class ChunkPatternStreamTests
{
    private static readonly string Costly = $$$"""{"id":"c1","choices":[{"delta":{"role":"{{{new string('r', 500)}}}","content":"a"}}]}""";

    // An unusual role is read into a text of its own, some thousand bytes, each time that a chunk is read.
    [Fact]
    public async Task In_a_stream_the_chunks_that_are_alike_are_not_read()
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

    // Compared, both have the role of the pattern; read, each has a text of its own.
    [Fact]
    public async Task The_next_stream_of_a_client_begins_with_the_pattern_of_the_last()
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

    // What is unknown here may be anything, a caller's words too.
    [Fact]
    public async Task A_pattern_that_fits_nothing_else_is_not_handed_on()
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
    public async Task A_text_that_is_passed_over_in_reading_spoils_nothing_in_the_survey()
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
            // Nothing waits, so that all is allocated on this thread.
            var next = updates.MoveNextAsync();
            Assert.True(next.IsCompletedSuccessfully);
            Assert.True(await next);
        }
    }
}
