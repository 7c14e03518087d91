using System.Buffers;
using System.Text;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Transport;

/// <summary>
/// Splits a byte stream into the frames of server-sent events, in place: the data of a frame is a span over the read buffer. LF, CRLF and
/// CR end a line; <c>data:</c> needs no space after it; comments and unknown fields are skipped; several data lines are joined.
/// </summary>
internal sealed class SseFrameReader(Stream stream, int longestFrame, long longestStream) : IDisposable
{
    /// <summary>Some twenty-five events, and what a stream holds on to while it waits.</summary>
    private const int FirstBuffer = 8 * 1024;

    /// <summary>The longest name that is kept; those of the Responses API are shorter.</summary>
    private const int LongestName = 64;

    /// <summary>The longest line with an id; ids are numbers or UUIDs.</summary>
    private const int LongestId = 256;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _frame;       // where the current frame starts
    private int _line;        // where the current line starts
    private int _scanned;     // up to here there is no line end
    private int _end;         // where the bytes read so far end
    private long _total;      // how many bytes were read in all
    private int _data = -1;   // where the data starts, relative to the frame
    private int _dataLength;
    private bool _skipLineFeed;
    private bool _started;
    private bool _atEnd;
    private bool _handedOut;
    private byte[] _name = [];
    private int _nameLength;

    /// <summary>The id of the current frame; null when it has none, or a longer one than any known.</summary>
    public string? Id { get; private set; }

    /// <summary>The data of the current frame; valid until the next move.</summary>
    public ReadOnlySpan<byte> Data => _buffer.AsSpan(_frame + _data, _dataLength);

    /// <summary>The name of the current frame; empty when it has none, or one longer than any known name.</summary>
    public ReadOnlySpan<byte> Name => _name.AsSpan(0, _nameLength);

    /// <summary>Whether the frame had a name, and whether the name is "error".</summary>
    public (bool IsNamed, bool IsError) Event { get; private set; }

    /// <summary>Whether the stream ended inside the current frame, before the blank line that closes it.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>Whether the stream has ended.</summary>
    public bool IsAtEnd => _atEnd;

    /// <summary>Takes the next frame that holds data from what has been read; false when more must be read first.</summary>
    public bool TryMoveNext()
    {
        ForgetHandedOut();
        while (TryTakeLine(out var start, out var length))
        {
            if (length > 0)
            {
                TakeField(start, length);
            }
            else if (_data >= 0)
            {
                return _handedOut = true;
            }
            else
            {
                // A blank line after comments or names alone: nothing to dispatch.
                _frame = _line;
                ForgetName();
            }
        }

        return _atEnd && TakeRest() && (_handedOut = true);
    }

    /// <summary>Begins to read more bytes; <see cref="Took"/> is called with their number.</summary>
    public ValueTask<int> ReadAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        return stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
    }

    /// <summary>Takes in what was read; false at the end of the stream, after which one last frame may still be there to take.</summary>
    public bool Took(int count)
    {
        _end += count;
        _total += count;
        _atEnd = count == 0;
        if (_total > longestStream)
        {
            throw new BoundExceededException(nameof(DatabricksResponseLimitOptions.MaxBytes), longestStream);
        }

        return !_atEnd;
    }

    /// <summary>Discards the buffer.</summary>
    public void Skip() => _frame = _line = _scanned = _end;

    // A returned frame is discarded when the caller requests the next one; an incomplete one is kept.
    private void ForgetHandedOut()
    {
        if (_handedOut)
        {
            _handedOut = false;
            _frame = _line;
            _data = -1;
            _dataLength = 0;
            ForgetName();
            IsPartial = false;
        }
    }

    private void ForgetName()
    {
        Event = default;
        Id = null;
        _nameLength = 0;
    }

    private bool TryTakeLine(out int start, out int length)
    {
        SkipMark();
        if (_skipLineFeed && _line < _end)
        {
            _skipLineFeed = false;
            if (_buffer[_line] == '\n')
            {
                _line++;
                _scanned = Math.Max(_scanned, _line);
            }
        }

        start = _line;
        var offset = _buffer.AsSpan(_scanned, _end - _scanned).IndexOfAny((byte)'\n', (byte)'\r');
        if (offset < 0)
        {
            _scanned = _end;
            length = 0;
            return false;
        }

        var lineEnd = _scanned + offset;
        length = lineEnd - start;
        _skipLineFeed = _buffer[lineEnd] == '\r';
        _line = lineEnd + 1;
        _scanned = _line;
        return true;
    }

    // A byte order mark may open the stream.
    private void SkipMark()
    {
        if (_started || _end - _line < 3)
        {
            return;
        }

        _started = true;
        if (_line == 0 && _buffer.AsSpan(0, 3).SequenceEqual("\uFEFF"u8))
        {
            _line = 3;
            _scanned = Math.Max(_scanned, _line);
        }
    }

    private void TakeField(int start, int length)
    {
        var line = _buffer.AsSpan(start, length);
        if (line.StartsWith("data"u8) && (length == 4 || line[4] == ':'))
        {
            var skipped = length == 4 ? 4 : length > 5 && line[5] == ' ' ? 6 : 5;
            AppendData(start + skipped, length - skipped);
        }
        else if (line.StartsWith("event:"u8))
        {
            // "message" is the name of events that carry none.
            var name = line[6..].Trim((byte)' ');
            Event = (!name.IsEmpty && !name.SequenceEqual("message"u8), name.SequenceEqual("error"u8));
            KeepName(name);
        }
        else if (line.StartsWith("id:"u8) && line.Length <= LongestId)
        {
            Id = Encoding.UTF8.GetString(line[3..].Trim((byte)' '));
        }
    }

    // Copied, because data lines that follow are moved over it.
    private void KeepName(ReadOnlySpan<byte> name)
    {
        _nameLength = 0;
        if (Event.IsNamed && name.Length <= LongestName)
        {
            _name = _name.Length == 0 ? new byte[LongestName] : _name;
            name.CopyTo(_name);
            _nameLength = name.Length;
        }
    }

    private void AppendData(int start, int length)
    {
        if (_data < 0)
        {
            _data = start - _frame;
            _dataLength = length;
            return;
        }

        // A second data line: moved up behind the first with a line feed between, over bytes that are already read.
        var target = _frame + _data + _dataLength;
        _buffer[target] = (byte)'\n';
        _buffer.AsSpan(start, length).CopyTo(_buffer.AsSpan(target + 1));
        _dataLength += 1 + length;
    }

    // The stream ended without a blank line: the rest is returned, marked, so that "[DONE]" without a line end counts.
    private bool TakeRest()
    {
        if (_end > _line)
        {
            var start = _line;
            _line = _scanned = _end;
            TakeField(start, _end - start);
        }

        IsPartial = true;
        return _data >= 0;
    }

    private void MakeRoom()
    {
        if (_frame > 0)
        {
            _buffer.AsSpan(_frame, _end - _frame).CopyTo(_buffer);
            _line -= _frame;
            _scanned -= _frame;
            _end -= _frame;
            _frame = 0;
        }

        // What is left is one event that has not ended.
        RequireShort(_end);
        if (_end < _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(_buffer.Length * 2L, Array.MaxLength));
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private void RequireShort(int length)
    {
        if (length > longestFrame)
        {
            throw new BoundExceededException(nameof(DatabricksResponseLimitOptions.MaxEventBytes), longestFrame);
        }
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
