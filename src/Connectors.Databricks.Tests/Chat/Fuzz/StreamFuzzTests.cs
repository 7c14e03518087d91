using System.Text;
using Connectors.Databricks.Tests.Fuzz;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Fuzz;

/// <summary>
/// Cuts, regroups and mutates whole streams. The outcome is the same updates, or a typed exception: never a hang, never another
/// exception, never a silent wrong answer. Seeded, so that a failure can be repeated.
/// </summary>
public class StreamFuzzTests
{
    private static readonly int Seed = FuzzRun.SeedOf(20261001);

    private static readonly int MutationsPerStream = Math.Max(4000, (FuzzRun.Inputs / ValidStreams.Names().Count) + 1);

    // Far above what a case needs; only a reader that hangs meets it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [MemberData(nameof(ValidStreams.Names), MemberType = typeof(ValidStreams))]
    public async Task A_stream_cut_at_any_byte_gives_the_same_updates(string dialect, string lineEnd)
    {
        var bytes = ValidStreams.Bytes(dialect, lineEnd);
        var expected = UpdateText.Of(await Read(bytes, []));

        for (var cut = 1; cut < bytes.Length; cut++)
        {
            Assert.Equal(expected, UpdateText.Of(await Read(bytes, [cut])));
        }
    }

    [Theory]
    [MemberData(nameof(ValidStreams.Names), MemberType = typeof(ValidStreams))]
    public async Task A_stream_in_pieces_of_any_size_gives_the_same_updates(string dialect, string lineEnd)
    {
        var bytes = ValidStreams.Bytes(dialect, lineEnd);
        var expected = UpdateText.Of(await Read(bytes, []));
        var random = new Random(Seed);

        Assert.Equal(expected, UpdateText.Of(await Read(bytes, Enumerable.Repeat(1, bytes.Length))));
        for (var round = 0; round < 200; round++)
        {
            var most = random.Next(2, 64);
            int[] lengths = [.. Enumerable.Range(0, bytes.Length).Select(_ => random.Next(1, most))];
            Assert.Equal(expected, UpdateText.Of(await Read(bytes, lengths)));
        }
    }

    [Theory]
    [MemberData(nameof(ValidStreams.Names), MemberType = typeof(ValidStreams))]
    public async Task A_stream_that_ends_at_any_byte_is_whole_or_a_typed_failure(string dialect, string lineEnd)
    {
        var bytes = ValidStreams.Bytes(dialect, lineEnd);

        for (var length = 0; length < bytes.Length; length++)
        {
            await AssertSameAsModel(bytes[..length], dialect, $"length {length}");
        }
    }

    [Theory]
    [MemberData(nameof(ValidStreams.Names), MemberType = typeof(ValidStreams))]
    public async Task A_mutated_stream_says_what_its_bytes_say_or_fails_typed(string dialect, string lineEnd)
    {
        var bytes = ValidStreams.Bytes(dialect, lineEnd);
        for (var round = 0; round < MutationsPerStream; round++)
        {
            await AssertSameAsModel(Mutation.Of(bytes, new Random(Seed + round)), dialect, $"round {round}");
        }
    }

    private static async Task AssertSameAsModel(byte[] bytes, string dialect, string where)
    {
        var model = PlainStreamModel.Read(bytes);
        List<ChatResponseUpdate> updates;
        try
        {
            updates = await Read(bytes, []);
        }
        catch (DatabricksServingException)
            when (model is null || dialect.EndsWith("-calls", StringComparison.Ordinal) || !IsPlainText(bytes))
        {
            // Typed, and with a reason: the model fails too, a call is broken, or the text is no UTF-8.
            return;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{dialect}, {where}: {exception.Message}\n{Encoding.UTF8.GetString(bytes)}", exception);
        }

        if (StreamSummary.Of(updates) != model)
        {
            Assert.Fail($"{dialect}, {where}: read {StreamSummary.Of(updates)}, the model says {model}\n{Encoding.UTF8.GetString(bytes)}");
        }
    }

    private static bool IsPlainText(byte[] bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) && !Encoding.UTF8.GetString(bytes).Contains("\\u", StringComparison.Ordinal);

    private static async Task<List<ChatResponseUpdate>> Read(byte[] bytes, IEnumerable<int> lengths)
    {
        using var service = new VerbatimService();
        service.Streams(new SlicedStream(bytes, lengths));
        return await Exchange.Collect(service.Chat()).WaitAsync(Patience);
    }
}
