namespace Connectors.Databricks;

/// <summary>The streaming behavior of a model.</summary>
public sealed record DatabricksModelStreams
{
    /// <summary>
    /// Gets a value indicating whether token counts are returned without <c>stream_options</c>, or <see langword="null"/> when that is not
    /// documented. Models with <c>stream_options</c> in <see cref="DatabricksModelParameters.Refused"/> do not support that parameter.
    /// </summary>
    public bool? CountsUnasked { get; init; }

    /// <summary>
    /// Gets a value indicating whether streams return a finish reason, or <see langword="null"/> when that is not documented.
    /// </summary>
    public bool? NamesFinishReason { get; init; }
}
