namespace Connectors.Databricks.Tests.Chat.Fuzz;

/// <summary>Gives bytes in pieces of chosen lengths, some of them only later, as a socket does.</summary>
internal sealed class PiecewiseStream(byte[] bytes, IEnumerable<int> lengths) : Stream
{
    private readonly IEnumerator<int> _lengths = lengths.GetEnumerator();
    private int _position;
    private int _reads;

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
        if (++_reads % 3 == 0)
        {
            await Task.Yield();
        }

        var wanted = _lengths.MoveNext() ? Math.Max(1, _lengths.Current) : int.MaxValue;
        var count = Math.Min(Math.Min(wanted, buffer.Length), bytes.Length - _position);
        bytes.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
