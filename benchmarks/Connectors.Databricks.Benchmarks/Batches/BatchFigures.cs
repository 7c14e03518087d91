using System.Globalization;

namespace Connectors.Databricks.Benchmarks.Batches;

/// <summary>The figures of a batch with a checkpoint, and whether they meet their targets.</summary>
/// <param name="Items">The number of requests of a run.</param>
/// <param name="OverLoopback">Whether requests went to another process, over real connections.</param>
/// <param name="Storing">Its time, divided by that of a loop that writes each response to a file.</param>
/// <param name="Bare">Its time, divided by that of a loop that loses every response with its process.</param>
/// <param name="AllocatedBytes">What it allocates above the bare loop, for each request.</param>
/// <param name="MemoryBytes">The growth of live memory, for each request.</param>
internal sealed record BatchFigures(
    int Items, bool OverLoopback, double Storing, double Bare, double AllocatedBytes, double MemoryBytes)
{
    public const double MaxTime = 1.3;

    /// <summary>Needs 500 to 800, depending on how often requests wait for a thread.</summary>
    public const double MaxAllocatedBytes = 1_000;

    /// <summary>16 bytes of each id in a table that doubles at three quarters.</summary>
    public const double MaxMemoryBytes = 44;

    /// <summary>Whether the times meet their targets; otherwise they are measured again.</summary>
    public bool IsFast => Storing <= MaxTime && (!OverLoopback || Bare <= MaxTime);

    public bool IsMet => IsFast && AllocatedBytes <= MaxAllocatedBytes && MemoryBytes <= MaxMemoryBytes;

    // In this process a call takes 5 µs, so that the file counts for much: the ratio to the bare loop is reported, not judged.
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Items:N0} requests with a checkpoint: {Storing:F2} times a hand-written loop that writes a file (at most {MaxTime:F2}), "
        + $"{Bare:F2} times one that stores nothing ({(OverLoopback ? $"at most {MaxTime:F2}" : "not judged without a connection")}), "
        + $"{AllocatedBytes:F0} bytes more allocated a request (at most {MaxAllocatedBytes:F0}), {MemoryBytes:F1} bytes more memory a "
        + $"request (at most {MaxMemoryBytes:F0}){(IsMet ? "" : " **exceeded**")}");
}
