using System.Buffers;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Tests.Wire;

public class SegmentedBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(3_000_000)]
    public void What_is_written_in_small_pieces_comes_out_whole(int length)
    {
        var expected = Bytes(length);
        using var buffer = new SegmentedBuffer();

        Write(buffer, expected, pieceSize: 1000);

        Assert.Equal(expected, buffer.Contiguous().ToArray());
    }

    [Fact]
    public void A_piece_larger_than_any_segment_gets_room()
    {
        var expected = Bytes(5_000_000);
        using var buffer = new SegmentedBuffer();

        Write(buffer, expected, pieceSize: expected.Length);

        Assert.Equal(expected, buffer.Contiguous().ToArray());
    }

    [Fact]
    public void The_length_counts_every_segment()
    {
        using var buffer = new SegmentedBuffer();

        Write(buffer, Bytes(100_001), pieceSize: 333);

        Assert.Equal(100_001, buffer.Length);
    }

    [Fact]
    public void What_is_written_never_moves()
    {
        using var buffer = new SegmentedBuffer();
        var first = buffer.GetMemory(1);
        buffer.Advance(1);

        Write(buffer, Bytes(100_000), pieceSize: 4096);
        first.Span[0] = 42;

        Assert.Equal(42, buffer.Contiguous()[0]);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public void A_copy_holds_what_was_written(int length)
    {
        var expected = Bytes(length);
        using var buffer = new SegmentedBuffer();
        Write(buffer, expected, pieceSize: 700);
        using var copy = new MemoryStream();

        buffer.CopyTo(copy);

        Assert.Equal(expected, copy.ToArray());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public async Task A_copy_made_asynchronously_holds_what_was_written(int length)
    {
        var expected = Bytes(length);
        using var buffer = new SegmentedBuffer();
        Write(buffer, expected, pieceSize: 700);
        using var copy = new MemoryStream();

        await buffer.CopyToAsync(copy, CancellationToken.None);

        Assert.Equal(expected, copy.ToArray());
    }

    [Fact]
    public void A_cleared_buffer_starts_empty()
    {
        using var buffer = new SegmentedBuffer();
        Write(buffer, Bytes(100_000), pieceSize: 700);

        buffer.Clear();
        Write(buffer, [7, 8], pieceSize: 2);

        Assert.Equal([7, 8], buffer.Contiguous().ToArray());
    }

    [Fact]
    public void Disposing_twice_does_no_harm()
    {
        var buffer = new SegmentedBuffer();
        Write(buffer, Bytes(100_000), pieceSize: 700);

        buffer.Dispose();
        buffer.Dispose();

        Assert.Equal(0, buffer.Length);
    }

    [Fact]
    public void A_disposed_buffer_takes_nothing_more()
    {
        var buffer = new SegmentedBuffer();
        buffer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => buffer.GetMemory(1));
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static void Write(SegmentedBuffer buffer, ReadOnlySpan<byte> bytes, int pieceSize)
    {
        for (; bytes.Length > pieceSize; bytes = bytes[pieceSize..])
        {
            buffer.Write(bytes[..pieceSize]);
        }

        bytes.CopyTo(buffer.GetSpan(bytes.Length));
        buffer.Advance(bytes.Length);
    }
}
