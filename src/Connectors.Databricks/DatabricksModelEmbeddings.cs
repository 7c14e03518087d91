namespace Connectors.Databricks;

/// <summary>What the vectors of an embedding model are like.</summary>
public sealed record DatabricksModelEmbeddings
{
    /// <summary>How many numbers a vector has, or has at most.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Whether <c>dimensions</c> shortens the vectors.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool TakesDimensions { get; init; }

    /// <summary>The tokens that one input may have.</summary>
    /// <value>Default: <see langword="null"/>: not known.</value>
    public int? MaxInputTokens { get; init; }

    /// <summary>Whether vectors have the length one; <see langword="null"/> when nobody has said.</summary>
    public bool? AreNormalized { get; init; }

    /// <summary>The instruction that queries are to begin with.</summary>
    /// <value>Default: <see langword="null"/>: none.</value>
    public string? QueryInstruction { get; init; }
}
