using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>
/// Moves commitments to provisioned throughput from another endpoint, whose model must be an earlier one of the same line. The service
/// replaces each commitment with a new one, whose term starts again; all of them are moved, or none.
/// </summary>
public sealed record CommitmentRelocation : EndpointDocument
{
    private readonly EquatableList<string> _commitmentIds;

    /// <summary>Initializes a new instance of the <see cref="CommitmentRelocation"/> class.</summary>
    /// <param name="sourceEndpoint">The name of the endpoint that has the commitments.</param>
    /// <exception cref="ArgumentException"><paramref name="sourceEndpoint"/> is empty or white space.</exception>
    public CommitmentRelocation(string sourceEndpoint)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sourceEndpoint);
        SourceEndpoint = sourceEndpoint;
    }

    /// <summary>Gets the name of the endpoint that has the commitments.</summary>
    public string SourceEndpoint { get; }

    /// <summary>Gets the ids of the commitments (<see cref="ThroughputCommitment.Id"/>).</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public IReadOnlyList<string>? CommitmentIds { get => _commitmentIds.OrNull; init => _commitmentIds = new(value); }
}
