using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Inbound;

/// <summary>A place in a chunk where the next one may say something else.</summary>
/// <param name="At">How many of the bytes that all have in common stand before it.</param>
/// <param name="Kind">What stands there.</param>
/// <param name="Count">Which count it is, of those that are known.</param>
/// <param name="Name">The name of any other count.</param>
internal readonly record struct ChunkGap(int At, ChunkGapKind Kind, UsageCount Count, string? Name)
{
    /// <summary>Whether a text stands there, and not a whole number.</summary>
    public bool HoldsText => Kind >= ChunkGapKind.Id;
}

/// <summary>What stands in a gap: first the numbers, then the texts.</summary>
internal enum ChunkGapKind
{
    /// <summary>The time, in seconds.</summary>
    Created,

    /// <summary>One of the counts that are known.</summary>
    Count,

    /// <summary>A count of a provider's own.</summary>
    OtherCount,

    /// <summary>The response's id.</summary>
    Id,

    /// <summary>What is said.</summary>
    Text,

    /// <summary>What is thought, in an array.</summary>
    Summary,

    /// <summary>What is thought, beside the content.</summary>
    Sibling,
}
