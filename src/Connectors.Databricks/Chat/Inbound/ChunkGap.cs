using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Inbound;

/// <summary>A place in a chunk where the next one may say something else.</summary>
/// <param name="Start">Where it begins, in bytes.</param>
/// <param name="Length">How long it was in the sample.</param>
/// <param name="Kind">What stands there.</param>
/// <param name="Count">Which count a number is; null for one that says nothing.</param>
internal readonly record struct ChunkGap(int Start, int Length, ChunkGapKind Kind, UsageCount? Count);

/// <summary>What stands in a gap.</summary>
internal enum ChunkGapKind
{
    /// <summary>A whole number.</summary>
    Number,

    /// <summary>What is said.</summary>
    Text,

    /// <summary>What is thought, in an array.</summary>
    Summary,

    /// <summary>What is thought, beside the content.</summary>
    Sibling,
}
