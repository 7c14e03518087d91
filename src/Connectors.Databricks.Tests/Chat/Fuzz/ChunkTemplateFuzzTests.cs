using System.Text;
using Connectors.Databricks.Tests.Fuzz;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Fuzz;

/// <summary>
/// A chunk yields the same result whether it is matched against a template or parsed. The template of a stream is built from its second
/// text chunk and shared with the next stream of the client when a third chunk matches it: a mutated chunk is parsed when it is the first
/// of a client's first stream, and matched when it is the first of the second.
/// </summary>
public class ChunkTemplateFuzzTests
{
    private static readonly int Seed = FuzzRun.SeedOf(20261121);

    private static readonly int Rounds = Math.Max(6000, FuzzRun.Inputs / 5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("""{"id":"c1","object":"chat.completion.chunk","created":1790000001,"model":"llama","choices":[{"index":0,"delta":{"role":"assistant","content":"Grüße"},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":14,"completion_tokens":1,"total_tokens":15}}""")]
    [InlineData("""{"model":"us.anthropic","choices":[{"delta":{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Té","signature":""}]}]},"index":0,"finish_reason":null}],"usage":{"completion_tokens":null,"prompt_tokens":586,"total_tokens":null},"id":"msg_1"}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"text","text":"Té"}]},"index":0}],"usage":{"completion_tokens":9,"prompt_tokens_details":{"cached_tokens":5},"reasoning_tokens":2},"created":1763389135}""")]
    [InlineData("""{"id":"c3","choices":[{"index":0,"delta":{"reasoning_content":"Denk","content":""}}],"system_fingerprint":"fp","service_tier":"flex","usage":{"audio":3,"prompt_tokens_details":{"audio":4}}}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}]}""")]
    public async Task A_mutated_chunk_yields_the_same_matched_or_parsed(string chunk)
    {
        var bytes = Encoding.UTF8.GetBytes(chunk);
        var matched = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var mutated = Mutation.Of(bytes, new Random(Seed + round));

            // Matched against the usual chunk, as the first and as a later one; and against itself.
            matched += await AgreesAsync(Stream(mutated, bytes, bytes), before: Stream(bytes, bytes, bytes), round)
                && await AgreesAsync(Stream(bytes, mutated, bytes), before: Stream(bytes, bytes, bytes), round)
                && await AgreesAsync(Stream(mutated, bytes), before: Stream(bytes, mutated, mutated), round) ? 1 : 0;
        }

        // Most are broken; without a share that still yields text, the two would agree on failures alone.
        Assert.True(matched > Rounds / 200, $"Only {matched} of {Rounds} yielded text.");
    }

    /// <returns>Whether the chunk yielded text.</returns>
    private static async Task<bool> AgreesAsync(byte[] stream, byte[] before, int round)
    {
        var (read, texts) = await Outcome(stream, before: null);
        var (matched, _) = await Outcome(stream, before);
        Assert.True(
            read == matched,
            $"Round {round}: matched it yields\n{matched}\nand parsed it yields\n{read}\n{Encoding.UTF8.GetString(stream)}");
        return texts > 1;
    }

    private static byte[] Stream(params byte[][] chunks) =>
        [.. chunks.SelectMany(chunk => "data: "u8.ToArray().Concat(chunk).Concat("\n\n"u8.ToArray())), .. "data: [DONE]\n\n"u8];

    /// <param name="stream">The bytes.</param>
    /// <param name="before">Those of a stream that the client reads before it; null for a new client.</param>
    private static async Task<(string Outcome, int Texts)> Outcome(byte[] stream, byte[]? before)
    {
        using var service = new VerbatimService();
        var chat = service.Chat();
        if (before is not null)
        {
            await Outcome(service, chat, before);
        }

        return await Outcome(service, chat, stream);
    }

    private static async Task<(string Outcome, int Texts)> Outcome(VerbatimService service, IChatClient chat, byte[] stream)
    {
        service.Streams(new MemoryStream(stream));
        try
        {
            var updates = await Exchange.Collect(chat).WaitAsync(Patience);
            return (
                UpdateText.Of(updates),
                updates.SelectMany(update => update.Contents).Count(content => content.ToString() is { Length: > 0 }));
        }
        catch (DatabricksServingException failure)
        {
            return (failure.Message, 0);
        }
    }
}
