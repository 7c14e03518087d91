namespace Connectors.Databricks;

/// <summary>The message contents that a model supports.</summary>
public sealed record DatabricksModelMessages
{
    /// <summary>
    /// Gets a value indicating whether images can be referenced by <c>http(s)</c> URL; otherwise they must be inline data.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool AcceptsImageAddresses { get; init; } = true;

    /// <summary>
    /// Gets a value indicating whether content parts and tools can have <c>cache_control</c> for prompt caching, or <see langword="null"/>
    /// when that is not documented. Explicit cache control is dropped when it is <see langword="false"/>; automatic cache control is added
    /// only when it is <see langword="true"/>.
    /// </summary>
    public bool? AcceptsCacheControl { get; init; }
}
