namespace Connectors.Databricks.Tests.TestServices;

/// <summary>
/// Gives its bytes in slices of chosen sizes, some of them only later, as a network does; what is left after the last size comes whole.
/// Then it ends as it is told.
/// </summary>
internal sealed class SlicedStream(byte[] bytes, IEnumerable<int> sizes, Exception? end = null) : Stream
{
    private readonly IEnumerator<int> _sizes = sizes.GetEnumerator();
    private int _position;
    private bool _isLater;

    public SlicedStream(byte[] bytes, int size, Exception? end = null)
        : this(bytes, Enumerable.Repeat(size, bytes.Length), end)
    {
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _isLater = !_isLater;
        if (_isLater)
        {
            await Task.Yield();
        }

        if (_position == bytes.Length && end is not null)
        {
            throw end;
        }

        var size = _sizes.MoveNext() ? _sizes.Current : int.MaxValue;
        var count = Math.Min(Math.Min(size, buffer.Length), bytes.Length - _position);
        bytes.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
