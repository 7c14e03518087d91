namespace Connectors.Databricks;

/// <summary>The response formats that a model supports.</summary>
public sealed record DatabricksModelOutput
{
    /// <summary>
    /// Gets a value indicating whether the model supports <c>json_schema</c>, or <see langword="null"/> when that is not documented.
    /// </summary>
    public bool? AcceptsJsonSchema { get; init; }

    /// <summary>
    /// Gets a value indicating whether the model supports <c>json_object</c>. If not, JSON is requested in the system message.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool AcceptsJsonObject { get; init; } = true;

    /// <summary>Gets a value indicating whether a <c>json_schema</c> can be <c>strict</c>.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool AcceptsStrict { get; init; } = true;
}
