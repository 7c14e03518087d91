namespace Connectors.Databricks;

/// <summary>Which response formats a model takes.</summary>
public sealed record DatabricksModelOutput
{
    /// <summary>Whether it takes <c>json_schema</c>; <see langword="null"/> when nobody has said.</summary>
    public bool? AcceptsJsonSchema { get; init; }

    /// <summary>Whether it takes <c>json_object</c>. Where it does not, the system message asks for JSON instead.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool AcceptsJsonObject { get; init; } = true;

    /// <summary>Whether a <c>json_schema</c> may be <c>strict</c>.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool AcceptsStrict { get; init; } = true;
}
