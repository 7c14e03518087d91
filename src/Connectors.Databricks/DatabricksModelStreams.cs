namespace Connectors.Databricks;

/// <summary>How a model streams.</summary>
public sealed record DatabricksModelStreams
{
    /// <summary>
    /// Whether token counts come without <c>stream_options</c>, which is refused where it is among
    /// <see cref="DatabricksModelParameters.Refused"/>; <see langword="null"/> when nobody has said.
    /// </summary>
    public bool? CountsUnasked { get; init; }

    /// <summary>Whether streams name a finish reason; <see langword="null"/> when nobody has said.</summary>
    public bool? NamesFinishReason { get; init; }
}
