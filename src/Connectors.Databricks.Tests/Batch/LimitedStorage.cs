using Connectors.Databricks.Batch.Checkpoints;

namespace Connectors.Databricks.Tests.Batch;

/// <summary>A file in memory, on a disk with little space, which keeps a part of what it cannot write; it counts flushes.</summary>
internal sealed class LimitedStorage(int capacity = int.MaxValue) : ICheckpointStorage
{
    private readonly MemoryStream _content = new();
    private int _flushes;

    public bool FlushFails { get; init; }

    public int Flushes => Volatile.Read(ref _flushes);

    public byte[] Content
    {
        get
        {
            lock (_content)
            {
                return _content.ToArray();
            }
        }
    }

    public long Length => _content.Length;

    public int Read(Span<byte> buffer, long offset) => 0;

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        lock (_content)
        {
            _content.Position = offset;
            var room = (int)Math.Min(bytes.Length, capacity - offset);
            _content.Write(bytes[..room]);
            if (room < bytes.Length)
            {
                throw new IOException("No space left on device.", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);
            }
        }
    }

    public void Truncate(long length) => _content.SetLength(length);

    public void Flush()
    {
        Interlocked.Increment(ref _flushes);
        if (FlushFails)
        {
            throw new IOException("Input/output error.");
        }
    }

    public void Dispose()
    {
    }
}
