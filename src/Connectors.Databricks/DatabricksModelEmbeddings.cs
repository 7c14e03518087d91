namespace Connectors.Databricks;

/// <summary>The properties of the vectors of an embedding model.</summary>
public sealed record DatabricksModelEmbeddings
{
    /// <summary>Gets the length of a vector, or its maximum length.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Gets a value indicating whether the model supports <c>dimensions</c>, which shortens the vectors.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool SupportsDimensions { get; init; }

    /// <summary>Gets the maximum number of tokens of one input.</summary>
    /// <value>Default: <see langword="null"/>: not known.</value>
    public int? MaxInputTokens { get; init; }

    /// <summary>
    /// Gets a value indicating whether vectors are normalized to unit length, or <see langword="null"/> when that is not documented.
    /// </summary>
    public bool? AreNormalized { get; init; }

    /// <summary>Gets the instruction that queries must start with.</summary>
    /// <value>Default: <see langword="null"/>: none.</value>
    public string? QueryInstruction { get; init; }
}
