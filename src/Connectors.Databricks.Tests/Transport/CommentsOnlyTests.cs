using System.Text;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>Comments, and parts of an event, keep a stream open only until TotalRequestTimeout has passed since the last event.</summary>
public class CommentsOnlyTests
{
    private const string Chunk = """data: {"choices":[{"index":0,"delta":{"content":"a"}}]}""" + "\n\n";

    [Theory]
    [InlineData(": still here\n\n", 15)]
    [InlineData(": still here\n", 15)]
    [InlineData("data: 1", 15)]
    [InlineData("event: ping\n\n", 15)]
    [InlineData(": still here\n\n", -1)]
    public async Task Pieces_without_an_event_keep_a_stream_open_until_the_request_timeout(string piece, int idleSeconds)
    {
        var clock = new FakeClock();
        using var body = new PiecesStream(Chunk, piece, clock);

        var failure = await Failure.OfStream(new VerbatimService().Streams(body), options => Limited(options, clock, idleSeconds));

        Assert.Equal(
            "Streaming chat on endpoint 'some-endpoint' failed: no event arrived for 00:00:20 in the middle of the stream, only " +
            "comments or parts of an event. Try again, or raise Resilience.TotalRequestTimeout.",
            failure.Message);
        Assert.Equal((true, true), (failure.IsTransient, failure.InnerException is TimeoutException));
        Assert.InRange(body.Pieces, 2, 4);
    }

    [Fact]
    public async Task An_event_among_comments_restarts_the_timeout()
    {
        var clock = new FakeClock();
        var pieces = string.Concat(Enumerable.Repeat($": wait\n\n|{Chunk}|", 10)) + "data: [DONE]\n\n";
        using var body = new PiecesStream(pieces.Split('|'), clock);

        var updates = await Exchange.Collect(new VerbatimService().Streams(body).Chat(options => Limited(options, clock, 15)));

        Assert.Equal("aaaaaaaaaa", string.Concat(updates.Select(update => update.Text)));
    }

    [Fact]
    public async Task Without_a_request_timeout_comments_keep_a_stream_open()
    {
        var clock = new FakeClock();
        using var body = new PiecesStream([.. Enumerable.Repeat(": wait\n\n", 50), Chunk, "data: [DONE]\n\n"], clock);

        var updates = await Exchange.Collect(new VerbatimService().Streams(body).Chat(options =>
        {
            Limited(options, clock, 15);
            options.TotalTimeout(null);
        }));

        Assert.Equal("a", string.Concat(updates.Select(update => update.Text)));
    }

    private static void Limited(DatabricksServingOptions options, FakeClock clock, int idleSeconds)
    {
        options.TimeProvider = clock;
        options.TotalTimeout(TimeSpan.FromSeconds(20));
        options.StreamIdleTimeout = idleSeconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(idleSeconds);
    }

    /// <summary>Gives a piece each time that it is read, ten seconds after the one before.</summary>
    private sealed class PiecesStream(string[] pieces, FakeClock clock) : MemoryStream
    {
        private readonly string? _forever;

        public PiecesStream(string first, string forever, FakeClock clock)
            : this([first], clock) =>
            _forever = forever;

        public int Pieces { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            if (Pieces > 0)
            {
                clock.Advance(TimeSpan.FromSeconds(10));
            }

            var piece = Pieces < pieces.Length ? pieces[Pieces] : _forever ?? string.Empty;
            Pieces++;
            return Pieces < 1000
                ? Encoding.UTF8.GetBytes(piece, buffer.Span)
                : throw new InvalidOperationException("It is still being read.");
        }
    }
}
