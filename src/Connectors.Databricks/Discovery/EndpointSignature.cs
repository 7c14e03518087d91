using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>The inputs and outputs of an endpoint, from its OpenAPI document (serving reference §9.9).</summary>
public sealed record EndpointSignature
{
    private readonly EquatableList<ServedSignature> _paths;

    /// <summary>Gets the name of the endpoint in the document.</summary>
    public string? EndpointName { get; init; }

    /// <summary>Gets the version of the configuration that the document describes.</summary>
    public string? ConfigVersion { get; init; }

    /// <summary>Gets the URL of the endpoint.</summary>
    public string? Url { get; init; }

    /// <summary>
    /// Gets the signatures, one for each path: that of each served entity, and that of the endpoint itself if it has
    /// one.
    /// </summary>
    public IReadOnlyList<ServedSignature> Paths { get => _paths.Items; init => _paths = EquatableList<ServedSignature>.NonEmpty(value); }

    /// <summary>Gets the input columns of the first signature: all served entities of an endpoint usually have the same.</summary>
    public IReadOnlyList<SignatureColumn> Inputs => Paths.Count > 0 ? Paths[0].Inputs : [];

    /// <summary>Gets the outputs of the first signature.</summary>
    public IReadOnlyList<SignatureColumn> Outputs => Paths.Count > 0 ? Paths[0].Outputs : [];

    /// <summary>Gets the signature of a served entity.</summary>
    /// <param name="servedEntityName">The name of the served entity.</param>
    /// <returns>The signature; <see langword="null"/> if it has none.</returns>
    public ServedSignature? GetSignature(string servedEntityName) =>
        Paths.FirstOrDefault(path => path.ServedEntityName == servedEntityName);
}
