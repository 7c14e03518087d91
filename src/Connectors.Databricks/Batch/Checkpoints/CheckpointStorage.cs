using Microsoft.Win32.SafeHandles;

namespace Connectors.Databricks.Batch.Checkpoints;

/// <summary>
/// A file that is open for one process alone: without sharing, .NET takes an advisory lock on Unix, which the system releases when the
/// process ends.
/// </summary>
internal sealed class CheckpointStorage : ICheckpointStorage
{
    private readonly FileStream _stream;

    private CheckpointStorage(FileStream stream) => _stream = stream;

    public long Length => RandomAccess.GetLength(Handle);

    private SafeFileHandle Handle => _stream.SafeFileHandle;

    public static CheckpointStorage Open(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            // Responses may be confidential.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new CheckpointStorage(new FileStream(path, options));
    }

    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(Handle, buffer, offset);

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(Handle, bytes, offset);

    public void Truncate(long length) => RandomAccess.SetLength(Handle, length);

    public void Flush() => RandomAccess.FlushToDisk(Handle);

    public void Dispose() => _stream.Dispose();
}
