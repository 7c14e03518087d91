using System.Text;
using System.Text.Json;
using Connectors.Databricks.Chat.Responses.Inbound;
using Connectors.Databricks.Tests.Chat.Fuzz;
using Connectors.Databricks.Tests.Fuzz;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses.Fuzz;

/// <summary>
/// Cuts, regroups and mutates whole Responses streams. The outcome is the same updates, or a typed exception: never a hang, never another
/// exception, never a silent wrong answer. Seeded, so that a failure can be repeated.
/// </summary>
public class ResponsesFuzzTests
{
    private static readonly int Seed = FuzzRun.SeedOf(20261130);

    private static readonly int MutationsPerStream = Math.Max(2000, (FuzzRun.Inputs / ValidResponsesStreams.Names().Count) + 1);

    // Far above what a case needs; only a reader that hangs meets it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [MemberData(nameof(ValidResponsesStreams.Names), MemberType = typeof(ValidResponsesStreams))]
    public async Task A_stream_cut_at_any_byte_gives_the_same_updates(string writer, string lineEnd, bool isNamed)
    {
        var bytes = ValidResponsesStreams.Bytes(writer, lineEnd, isNamed);
        var expected = UpdateText.Of(await Read(bytes, []));

        for (var cut = 1; cut < bytes.Length; cut++)
        {
            Assert.Equal(expected, UpdateText.Of(await Read(bytes, [cut])));
        }

        Assert.Equal(expected, UpdateText.Of(await Read(bytes, Enumerable.Repeat(1, bytes.Length))));
    }

    [Theory]
    [MemberData(nameof(ValidResponsesStreams.All), MemberType = typeof(ValidResponsesStreams))]
    public async Task A_stream_that_ends_at_any_byte_is_whole_or_a_typed_failure(string writer, string lineEnd, bool isNamed)
    {
        var bytes = ValidResponsesStreams.Bytes(writer, lineEnd, isNamed);

        for (var length = 0; length <= bytes.Length; length++)
        {
            await AssertSameAsModel(bytes[..length], writer, $"length {length}");
        }
    }

    [Theory]
    [MemberData(nameof(ValidResponsesStreams.All), MemberType = typeof(ValidResponsesStreams))]
    public async Task A_mutated_stream_says_what_its_bytes_say_or_fails_typed(string writer, string lineEnd, bool isNamed)
    {
        var bytes = ValidResponsesStreams.Bytes(writer, lineEnd, isNamed);
        for (var round = 0; round < MutationsPerStream; round++)
        {
            await AssertSameAsModel(Mutation.Of(bytes, new Random(Seed + round)), writer, $"round {round}");
        }
    }

    [Fact]
    public void Every_kind_of_event_is_in_a_stream() => Assert.Equal(
        Enum.GetValues<EventKind>(),
        ValidResponsesStreams.AllEvents.Where(item => item != "[DONE]")
            .Select(item => EventKinds.Of(Encoding.UTF8.GetBytes(TypeOf(item)))).Distinct().Order());

    private static string TypeOf(string item)
    {
        using var document = JsonDocument.Parse(item);
        return document.RootElement.TryGetProperty("type", out var type) ? type.GetString()! : string.Empty;
    }

    private static async Task AssertSameAsModel(byte[] bytes, string writer, string where)
    {
        var model = PlainResponsesModel.Read(bytes);
        List<ChatResponseUpdate> updates;
        try
        {
            updates = await Read(bytes, []);
        }
        catch (DatabricksServingException)
            when (model is null || writer.EndsWith("-calls", StringComparison.Ordinal) || !IsPlainText(bytes))
        {
            // Typed, and with a reason: the model fails too, a call is broken, or the text is no UTF-8.
            return;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{writer}, {where}: {exception.Message}\n{Encoding.UTF8.GetString(bytes)}", exception);
        }

        if (StreamSummary.Of(updates) != model)
        {
            Assert.Fail($"{writer}, {where}: read {StreamSummary.Of(updates)}, the model says {model}\n{Encoding.UTF8.GetString(bytes)}");
        }
    }

    private static bool IsPlainText(byte[] bytes) =>
        System.Text.Unicode.Utf8.IsValid(bytes) && !Encoding.UTF8.GetString(bytes).Contains("\\u", StringComparison.Ordinal);

    private static Task<List<ChatResponseUpdate>> Read(byte[] bytes, IEnumerable<int> lengths) =>
        ResponsesExchange.Collect(new SlicedStream(bytes, lengths)).WaitAsync(Patience);
}
