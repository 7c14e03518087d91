using System.Buffers;

namespace Connectors.Databricks.Wire;

/// <summary>A growing buffer of pooled segments; large bodies are never copied to grow.</summary>
internal sealed class SegmentedBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstSegment = 4 * 1024;
    private const int LargestSegment = 1024 * 1024;

    private List<Segment>? _full;
    private byte[] _current = ArrayPool<byte>.Shared.Rent(FirstSegment);
    private int _used;
    private long _fullLength;
    private bool _disposed;

    public long Length => _fullLength + _used;

    public void Advance(int count) => _used += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _current.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _current.AsSpan(_used);
    }

    private void EnsureRoom(int sizeHint)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var wanted = Math.Max(sizeHint, 1);
        if (_current.Length - _used >= wanted)
        {
            return;
        }

        (_full ??= []).Add(new Segment(_current, _used));
        _fullLength += _used;
        _current = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, Math.Min(_current.Length * 2, LargestSegment)));
        _used = 0;
    }

    public ValueTask CopyToAsync(Stream destination, CancellationToken cancellationToken) => _full is null
        ? destination.WriteAsync(_current.AsMemory(0, _used), cancellationToken)
        : CopyAllAsync(destination, cancellationToken);

    private async ValueTask CopyAllAsync(Stream destination, CancellationToken cancellationToken)
    {
        foreach (var segment in _full!)
        {
            await destination.WriteAsync(segment.Array.AsMemory(0, segment.Length), cancellationToken).ConfigureAwait(false);
        }

        await destination.WriteAsync(_current.AsMemory(0, _used), cancellationToken).ConfigureAwait(false);
    }

    public void CopyTo(Stream destination)
    {
        foreach (var segment in _full ?? [])
        {
            destination.Write(segment.Array, 0, segment.Length);
        }

        destination.Write(_current, 0, _used);
    }

    /// <summary>The content: without a copy when it fits one segment, as small documents do.</summary>
    public ReadOnlySpan<byte> Contiguous()
    {
        if (_full is null)
        {
            return _current.AsSpan(0, _used);
        }

        var all = new MemoryStream(checked((int)Length));
        CopyTo(all);
        return all.GetBuffer().AsSpan(0, (int)all.Length);
    }

    public byte[] ToArray()
    {
        var all = new byte[Length];
        using var copy = new MemoryStream(all);
        CopyTo(copy);
        return all;
    }

    /// <summary>Clears the content and keeps the last segment.</summary>
    public void Clear()
    {
        ReturnFull();
        _used = 0;
    }

    /// <summary>Returns the segments to the pool. They must not be in use.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        ReturnFull();
        ArrayPool<byte>.Shared.Return(_current);
        _current = [];
        _used = 0;
    }

    private void ReturnFull()
    {
        if (_full is null)
        {
            return;
        }

        foreach (var segment in _full)
        {
            ArrayPool<byte>.Shared.Return(segment.Array);
        }

        _full = null;
        _fullLength = 0;
    }

    private readonly record struct Segment(byte[] Array, int Length);
}
