namespace Connectors.Databricks.Endpoints;

/// <summary>How an endpoint came to serve, and how it is paid for: what <see cref="ServingCatalog"/> makes of it.</summary>
/// <param name="Value">The word for people and for tools.</param>
public readonly record struct EndpointKind(string Value)
{
    /// <summary>It could not be told.</summary>
    public static EndpointKind Unknown { get; } = new("unknown");

    /// <summary>A foundation model that Databricks runs for everybody, paid by the token.</summary>
    public static EndpointKind PayPerToken { get; } = new("pay-per-token");

    /// <summary>A foundation model with throughput of its own.</summary>
    public static EndpointKind ProvisionedThroughput { get; } = new("provisioned-throughput");

    /// <summary>A model of another provider.</summary>
    public static EndpointKind External { get; } = new("external");

    /// <summary>A model of your own.</summary>
    public static EndpointKind Custom { get; } = new("custom");

    /// <summary>An agent of your own.</summary>
    public static EndpointKind Agent { get; } = new("agent");

    /// <summary>Features out of tables.</summary>
    public static EndpointKind Feature { get; } = new("feature");

    /// <summary>The word.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? Unknown.Value;
}
