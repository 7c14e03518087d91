using System.Text;
using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Bounds;

/// <summary>Parsing stops when the caller cancels or the time of the call is over, and costs an ordinary document no step.</summary>
public class CanceledParsingTests
{
    [Fact]
    public void An_ordinary_document_is_not_read_for_its_bounds()
    {
        var limits = new DatabricksResponseLimitOptions();
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("0", 1_000_000))}]");

        Assert.Equal(0, JsonBounds.Require(body, limits.MaxJsonValues, default, CancellationToken.None));
        Assert.Equal(0, JsonBounds.Require(Encoding.UTF8.GetBytes($"\"{new string('x', 5000)}\""), 1000, default, CancellationToken.None));
    }

    [Fact]
    public void Commas_in_texts_are_no_values()
    {
        var body = Encoding.UTF8.GetBytes($"[\"{new string(',', 5000)}\"]");

        Assert.Equal(3, JsonBounds.Require(body, 1000, default, CancellationToken.None));
    }

    [Fact]
    public void Values_are_counted_to_the_limit_and_no_further()
    {
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("0", 5000))} and no JSON");

        var exception = Assert.Throws<BoundExceededException>(() => JsonBounds.Require(body, 1000, default, CancellationToken.None));

        Assert.Equal(("MaxJsonValues", 1000), (exception.Name, exception.Limit));
    }

    [Fact]
    public void A_document_of_exactly_the_limit_is_let_in() =>
        JsonBounds.Require(
            Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("0", 999))}]"), 1000, default, CancellationToken.None);

    [Fact]
    public void A_count_stops_soon_after_it_is_canceled()
    {
        using var canceling = new CancellationTokenSource();
        var items = new ItemBudget(1_000_000, canceling.Token);
        items.Spend();
        canceling.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
        {
            for (var i = 0; i < ItemBudget.ItemsBetweenChecks; i++)
            {
                items.Spend();
            }
        });
        Assert.InRange(items.Steps, 1, ItemBudget.ItemsBetweenChecks + 1);
    }

    [Theory]
    [InlineData(10, 10, true)]
    [InlineData(10, 11, false)]
    [InlineData(10, int.MaxValue, false)]
    [InlineData(int.MaxValue, int.MaxValue, true)]
    public void Several_items_count_as_many(int limit, int count, bool areLetIn)
    {
        var items = new ItemBudget(limit, CancellationToken.None);

        Assert.Equal(areLetIn, Record.Exception(() => items.Spend(count)) is null);
    }

    [Fact]
    public async Task The_caller_who_cancels_while_a_body_arrives_does_not_wait_for_its_parsing()
    {
        using var canceling = new CancellationTokenSource();
        var body = Encoding.UTF8.GetBytes($$"""{"choices":[{{string.Join(',', Enumerable.Repeat("{}", 50_000))}}]}""");
        using var content = new StreamContent(new CancelingStream(body, canceling));
        content.Headers.ContentType = new("application/json");
        var service = new VerbatimService().Answers(System.Net.HttpStatusCode.OK, content);

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => service.Chat().GetResponseAsync(Some.Question(), cancellationToken: canceling.Token));

        Assert.Equal(canceling.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task The_caller_who_cancels_between_two_events_does_not_wait_for_the_second()
    {
        using var canceling = new CancellationTokenSource();
        var flood = $$"""{"choices":[{{string.Join(',', Enumerable.Repeat("{}", 50_000))}}]}""";
        var service = new VerbatimService().Streams(
            Exchange.Events("""{"choices":[{"index":0,"delta":{"content":"a"}}]}""", flood, "[DONE]"));
        await using var updates = service.Chat().GetStreamingResponseAsync(Some.Question(), cancellationToken: canceling.Token)
            .GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await updates.MoveNextAsync());

        await canceling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await updates.MoveNextAsync());
    }

    [Fact]
    public async Task The_total_timeout_ends_the_parsing()
    {
        var clock = new FakeClock();
        var body = Encoding.UTF8.GetBytes($$"""{"choices":[{{string.Join(',', Enumerable.Repeat("{}", 50_000))}}]}""");
        using var content = new StreamContent(new LateStream(body, () => clock.Advance(TimeSpan.FromSeconds(30))));
        content.Headers.ContentType = new("application/json");

        var failure = await Failure.Of(new VerbatimService().Answers(System.Net.HttpStatusCode.OK, content), options =>
        {
            options.TimeProvider = clock;
            options.TotalTimeout(TimeSpan.FromSeconds(20));
        });

        Assert.Contains("no complete response within 00:00:20", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Cancels when its last byte has been read.</summary>
    private sealed class CancelingStream(byte[] bytes, CancellationTokenSource canceling) : LateStream(bytes, canceling.Cancel);

    /// <summary>Does something when its end has been read, whatever the token says.</summary>
    private class LateStream(byte[] bytes, Action atEnd) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = Read(buffer.Span);
            if (read == 0)
            {
                atEnd();
            }

            return new ValueTask<int>(read);
        }
    }
}
