using System.Text;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>A body is pooled memory: if it is returned too early, the bytes of another request are sent.</summary>
public class RequestBodyTests
{
    private static readonly byte[] Document = Encoding.UTF8.GetBytes(new string('x', 100_000));

    [Fact]
    public async Task Every_attempt_gets_the_whole_document()
    {
        using var body = NewBody(out _);

        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var content = body.NewContent();
            Assert.Equal(Document.Length, content.Headers.ContentLength);
            Assert.Equal("application/json", content.Headers.ContentType!.ToString());
            Assert.Equal(Document, await content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public void A_body_that_is_not_being_copied_is_returned_to_the_pool()
    {
        NewBody(out var buffer).Dispose();

        Assert.Throws<ObjectDisposedException>(() => buffer.GetSpan(1));
    }

    [Fact]
    public async Task A_body_that_was_copied_whole_goes_back_to_the_pool()
    {
        var body = NewBody(out var buffer);
        using var content = body.NewContent();
        await content.CopyToAsync(Stream.Null);

        body.Dispose();

        Assert.Throws<ObjectDisposedException>(() => buffer.GetSpan(1));
    }

    [Fact]
    public async Task A_body_in_flight_stays_whole_until_the_copy_is_done()
    {
        var body = NewBody(out _);
        using var content = body.NewContent();
        var wire = new HeldStream();
        var copying = content.CopyToAsync(wire);

        // After a canceled send: the call is over, and the connection still writes.
        body.Dispose();
        wire.LetGo();

        await copying;
        Assert.Equal(Document, wire.ToArray());
    }

    [Fact]
    public async Task A_copy_that_failed_keeps_the_body_from_the_pool()
    {
        var body = NewBody(out var buffer);
        using var content = body.NewContent();
        await Assert.ThrowsAnyAsync<Exception>(() => content.CopyToAsync(new MemoryStream([], writable: false)));

        body.Dispose();

        Assert.Equal(Document.Length, buffer.Length);
    }

    private static RequestBody NewBody(out SegmentedBuffer buffer)
    {
        buffer = new SegmentedBuffer();
        foreach (var piece in Document.Chunk(1000))
        {
            piece.CopyTo(buffer.GetSpan(piece.Length));
            buffer.Advance(piece.Length);
        }

        return new RequestBody(buffer);
    }

    /// <summary>Takes no byte before it is let go.</summary>
    private sealed class HeldStream : MemoryStream
    {
        private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void LetGo() => _letGo.SetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _letGo.Task;
            Write(buffer.Span);
        }
    }
}
