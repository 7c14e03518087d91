using System.Buffers;

namespace Connectors.Databricks.Batch.Checkpoints;

/// <summary>
/// The checkpoint of a batch: a header, and a line for each result. Lines are appended by one thread; another may flush. Every failure is a
/// <see cref="DatabricksCheckpointException"/>.
/// </summary>
internal sealed class CheckpointFile : IDisposable
{
    /// <summary>A write of this size costs the same per byte as a longer one.</summary>
    private const int LongestWrite = 1024 * 1024;

    private readonly string _path;
    private readonly ICheckpointStorage _storage;
    private readonly ArrayBufferWriter<byte> _pending = new(64 * 1024);
    private long _length;
    private long _flushed;

    private CheckpointFile(string path, ICheckpointStorage storage)
    {
        _path = path;
        _storage = storage;
        Lines = new CheckpointLines(storage);
    }

    /// <summary>Reads the lines that the file had when it was opened.</summary>
    public CheckpointLines Lines { get; }

    /// <summary>Opens or creates the file, validates its header, and loads the ids of its lines.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="header">The header of this batch.</param>
    /// <param name="ids">The table to fill.</param>
    /// <param name="skipsFailures">Whether failed requests are not loaded, so that they are sent again.</param>
    /// <param name="open">Opens the file; null for the file system.</param>
    public static CheckpointFile Open(
        string path, CheckpointHeader header, IdTable ids, bool skipsFailures, Func<string, ICheckpointStorage>? open = null)
    {
        CheckpointFile? file = null;
        try
        {
            file = new CheckpointFile(path, (open ?? CheckpointStorage.Open)(path));
            var end = CheckpointScan.Load(path, file._storage.Length, file.Lines, header, ids, skipsFailures);
            if (end < file._storage.Length)
            {
                file._storage.Truncate(end);
            }

            file._length = file._flushed = end;
            if (end == 0)
            {
                file.Append(header.ToLine());
                file.Write();
            }

            return file;
        }
        catch (Exception exception)
        {
            file?._storage.Dispose();
            throw exception is IOException and not DatabricksCheckpointException
                or UnauthorizedAccessException or NotSupportedException or ArgumentException
                ? CheckpointExceptions.NotOpened(path, exception)
                : exception;
        }
    }

    /// <summary>Adds a line, with its end, to the next write.</summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        if (_pending.WrittenCount > 0 && _pending.WrittenCount + line.Length > LongestWrite)
        {
            Write();
        }

        _pending.Write(line);
    }

    /// <summary>Writes the lines, which a process that is killed afterward does not lose.</summary>
    public void Write()
    {
        try
        {
            _storage.Write(_pending.WrittenSpan, _length);
            Volatile.Write(ref _length, _length + _pending.WrittenCount);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Restore();
            throw CheckpointExceptions.NotWritten(_path, exception);
        }
        finally
        {
            _pending.ResetWrittenCount();
        }
    }

    /// <summary>Waits until the disk has what was written since the last call.</summary>
    public void Flush()
    {
        var length = Volatile.Read(ref _length);
        if (length == _flushed)
        {
            return;
        }

        try
        {
            _storage.Flush();
            _flushed = length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CheckpointExceptions.NotWritten(_path, exception);
        }
    }

    /// <summary>Closes the file without flushing it.</summary>
    public void Dispose() => _storage.Dispose();

    // A full disk may have taken a part of the lines.
    private void Restore()
    {
        try
        {
            _storage.Truncate(_length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next run tolerates an incomplete last line.
        }
    }
}
