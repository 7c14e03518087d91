namespace Connectors.Databricks;

/// <summary>What messages to a model may hold.</summary>
public sealed record DatabricksModelMessages
{
    /// <summary>Whether an image may be an <c>http(s)</c> address; otherwise it must come as data.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool AcceptsImageAddresses { get; init; } = true;

    /// <summary>
    /// Whether parts and tools may be marked with <c>cache_control</c> for the prompt cache; <see langword="null"/> when nobody has said.
    /// Marks of your own are left out where it is <see langword="false"/>; automatic ones go where it is <see langword="true"/>.
    /// </summary>
    public bool? AcceptsCacheControl { get; init; }
}
