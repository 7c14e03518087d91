using System.Text;
using Connectors.Databricks.Tests.Fuzz;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Chat.Fuzz;

/// <summary>
/// A chunk says the same whether it is compared with those before it or read. The pattern of a stream is made of the second chunk that
/// speaks; so a spoiled chunk is compared when it is the third, and read when it is the second.
/// </summary>
public class ChunkPatternFuzzTests
{
    private const int Seed = 20261121;

    private static readonly int Rounds = Math.Max(6000, FuzzRun.Inputs / 5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("""{"id":"c1","object":"chat.completion.chunk","created":1790000001,"model":"llama","choices":[{"index":0,"delta":{"role":"assistant","content":"Grüße"},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":14,"completion_tokens":1,"total_tokens":15}}""")]
    [InlineData("""{"model":"us.anthropic","choices":[{"delta":{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Té","signature":""}]}]},"index":0,"finish_reason":null}],"usage":{"completion_tokens":null,"prompt_tokens":586,"total_tokens":null},"id":"msg_1"}""")]
    [InlineData("""{"choices":[{"delta":{"content":[{"type":"text","text":"Té"}]},"index":0}],"usage":{"completion_tokens":9,"prompt_tokens_details":{"cached_tokens":5},"reasoning_tokens":2},"created":1763389135}""")]
    [InlineData("""{"id":"c3","choices":[{"index":0,"delta":{"reasoning_content":"Denk","content":""}}],"system_fingerprint":"fp"}""")]
    [InlineData("""{"choices":[{"delta":{"content":"a"}}]}""")]
    public async Task A_spoiled_chunk_says_the_same_compared_or_read(string chunk)
    {
        var bytes = Encoding.UTF8.GetBytes(chunk);
        var compared = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var spoiled = Mutation.Of(bytes, new Random(Seed + round));

            var (asThird, texts) = await Outcome(Stream(bytes, bytes, spoiled, bytes), skip: 1);
            var (asSecond, _) = await Outcome(Stream(bytes, spoiled, bytes), skip: 0);

            if (asThird != asSecond)
            {
                Assert.Fail($"Round {round}: compared it says\n{asThird}\nand read it says\n{asSecond}\n{Encoding.UTF8.GetString(spoiled)}");
            }

            compared += texts > 3 ? 1 : 0;
        }

        // Most are broken; without a share that still speaks, the two would agree on failures alone.
        Assert.True(compared > Rounds / 200, $"Only {compared} of {Rounds} said anything.");
    }

    private static byte[] Stream(params byte[][] chunks) =>
        [.. chunks.SelectMany(chunk => "data: "u8.ToArray().Concat(chunk).Concat("\n\n"u8.ToArray())), .. "data: [DONE]\n\n"u8];

    /// <param name="stream">The bytes.</param>
    /// <param name="skip">How many updates behind the first are left out: they are the first again.</param>
    private static async Task<(string Outcome, int Texts)> Outcome(byte[] stream, int skip)
    {
        using var service = new VerbatimService();
        service.Streams(new MemoryStream(stream));
        try
        {
            var updates = await Exchange.Collect(service.Chat()).WaitAsync(Patience);
            var texts = updates.SelectMany(update => update.Contents).Count(content => content.ToString() is { Length: > 0 });
            updates.RemoveRange(1, skip);
            return (UpdateText.Of(updates), texts);
        }
        catch (DatabricksServingException failure)
        {
            return (failure.Message, 0);
        }
    }
}
