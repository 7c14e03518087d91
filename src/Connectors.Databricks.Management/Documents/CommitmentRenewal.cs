namespace Connectors.Databricks.Management;

/// <summary>Changes whether a commitment to provisioned throughput is renewed at the end of its term.</summary>
public sealed record CommitmentRenewal : EndpointDocument
{
    /// <summary>Initializes a new instance of the <see cref="CommitmentRenewal"/> class.</summary>
    /// <param name="commitmentId">The id of the commitment (<see cref="ThroughputCommitment.Id"/>).</param>
    /// <param name="autoRenew">Whether the commitment is renewed.</param>
    /// <exception cref="ArgumentException"><paramref name="commitmentId"/> is empty or white space.</exception>
    public CommitmentRenewal(string commitmentId, bool autoRenew)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(commitmentId);
        CommitmentId = commitmentId;
        AutoRenew = autoRenew;
    }

    /// <summary>Gets the id of the commitment.</summary>
    public string CommitmentId { get; }

    /// <summary>Gets a value indicating whether the commitment is renewed.</summary>
    public bool AutoRenew { get; }
}
