namespace Connectors.Databricks.Endpoints;

/// <summary>What an endpoint takes and gives, as its OpenAPI document says (serving reference §9.9).</summary>
public sealed record EndpointSignature
{
    /// <summary>The name of the endpoint, as the document has it.</summary>
    public string? EndpointName { get; init; }

    /// <summary>The number of the configuration that the document is of.</summary>
    public string? ConfigVersion { get; init; }

    /// <summary>Where the endpoint answers.</summary>
    public string? Url { get; init; }

    /// <summary>The signatures, one for each path: that of each served entity, and that of the endpoint itself where it has one.</summary>
    public IReadOnlyList<ServedSignature> Paths { get; init; } = [];

    /// <summary>The columns of the first signature: all served entities of an endpoint mostly take the same.</summary>
    public IReadOnlyList<SignatureColumn> Inputs => Paths.Count > 0 ? Paths[0].Inputs : [];

    /// <summary>What the first signature gives.</summary>
    public IReadOnlyList<SignatureColumn> Outputs => Paths.Count > 0 ? Paths[0].Outputs : [];

    /// <summary>The signature of a served entity.</summary>
    /// <param name="servedEntityName">Its name.</param>
    /// <returns>The signature; <see langword="null"/> when it has none.</returns>
    public ServedSignature? Of(string servedEntityName) => Paths.FirstOrDefault(path => path.ServedEntityName == servedEntityName);
}
