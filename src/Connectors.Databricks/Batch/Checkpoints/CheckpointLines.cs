namespace Connectors.Databricks.Batch.Checkpoints;

/// <summary>Reads lines of a file at their offset. Neighbors are read from one block. Not thread-safe.</summary>
internal sealed class CheckpointLines(ICheckpointStorage file)
{
    private const int FirstBlock = 64 * 1024;

    private byte[] _block = new byte[FirstBlock];
    private long _start;
    private int _length;

    /// <summary>Reads the line at an offset, without its end.</summary>
    /// <returns>The line, valid until the next call; null when the file ends before the line does.</returns>
    public ReadOnlyMemory<byte>? ReadAt(long offset)
    {
        while (true)
        {
            var within = offset - _start;
            if (within >= 0 && within < _length)
            {
                var rest = _block.AsMemory((int)within, _length - (int)within);
                var end = rest.Span.IndexOf((byte)'\n');
                if (end >= 0)
                {
                    return rest[..end];
                }
            }

            if (!TryRead(offset))
            {
                return null;
            }
        }
    }

    /// <summary>What the block has from an offset on, which <see cref="ReadAt"/> found to be no complete line.</summary>
    public ReadOnlySpan<byte> Rest(long offset) =>
        offset >= _start && offset <= _start + _length ? _block.AsSpan((int)(offset - _start), (int)(_start + _length - offset)) : [];

    // A line that fills the block needs a longer one.
    private bool TryRead(long offset)
    {
        if (_start == offset && _length == _block.Length)
        {
            _block = new byte[checked(_block.Length * 2)];
            _length = 0;
        }

        var before = _start == offset ? _length : 0;
        (_start, _length) = (offset, 0);
        while (_length < _block.Length)
        {
            var read = file.Read(_block.AsSpan(_length), offset + _length);
            if (read == 0)
            {
                break;
            }

            _length += read;
        }

        return _length > before;
    }
}
