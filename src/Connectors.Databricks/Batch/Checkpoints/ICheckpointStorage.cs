namespace Connectors.Databricks.Batch.Checkpoints;

/// <summary>The file of a checkpoint. Implementations throw <see cref="IOException"/>; tests replace it to fill a disk.</summary>
internal interface ICheckpointStorage : IDisposable
{
    long Length { get; }

    /// <summary>Reads at an offset; several threads may read while one writes.</summary>
    int Read(Span<byte> buffer, long offset);

    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Removes what follows a length.</summary>
    void Truncate(long length);

    /// <summary>Waits until the disk has what was written.</summary>
    void Flush();
}
