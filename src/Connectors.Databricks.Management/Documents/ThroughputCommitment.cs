using System.Text.Json.Serialization;

namespace Connectors.Databricks.Management;

/// <summary>A commitment to provisioned throughput: model units that are reserved for a term.</summary>
public sealed record ThroughputCommitment : EndpointDocument
{
    /// <summary>Gets the id of the commitment.</summary>
    public string? Id { get; init; }

    /// <summary>Gets the status.</summary>
    public CommitmentStatus? Status { get; init; }

    /// <summary>Gets the term.</summary>
    public CommitmentTerm? Term { get; init; }

    /// <summary>Gets the model units that are reserved.</summary>
    public long? ProvisionedModelUnits { get; init; }

    /// <summary>Gets the time at which the commitment becomes active.</summary>
    [JsonPropertyName("start_time")]
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Gets the time at which the commitment expires.</summary>
    [JsonPropertyName("expire_time")]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets a value indicating whether the commitment is renewed at the end of its term.</summary>
    public bool? AutoRenew { get; init; }

    /// <summary>
    /// Gets a value indicating whether <see cref="AutoRenew"/> can still be changed
    /// (<see cref="ProvisionedThroughputUpdateOptions.Renewal"/>); the service rejects changes shortly before the expiry.
    /// </summary>
    [JsonPropertyName("auto_renew_editable")]
    public bool? IsAutoRenewEditable { get; init; }
}
