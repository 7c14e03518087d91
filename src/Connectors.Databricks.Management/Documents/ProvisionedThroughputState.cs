using System.Text.Json.Serialization;
using Connectors.Databricks.Management.Documents;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The provisioned throughput of an endpoint (<c>state.pt_state</c>).</summary>
public sealed record ProvisionedThroughputState : EndpointDocument
{
    private readonly EquatableList<ThroughputCommitment> _commitments;

    /// <summary>Gets the commitments.</summary>
    [JsonConverter(typeof(CommitmentListConverter))]
    public IReadOnlyList<ThroughputCommitment> Commitments
    {
        get => _commitments.Items;
        init => _commitments = EquatableList<ThroughputCommitment>.NonEmpty(value);
    }
}
