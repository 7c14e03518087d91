namespace Connectors.Databricks.Management;

/// <summary>Configures what an update of provisioned throughput changes besides the configuration.</summary>
public sealed class ProvisionedThroughputUpdateOptions
{
    /// <summary>Gets or sets the change of the renewal of a commitment.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public CommitmentRenewal? Renewal { get; set; }

    /// <summary>
    /// Gets or sets the commitments to move to the endpoint. Cannot be combined with <see cref="Renewal"/>, or with a
    /// <see cref="ServedEntity.CommitmentTerm"/>.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public CommitmentRelocation? Relocation { get; set; }

    internal void Validate(EndpointConfig config, string parameter)
    {
        if (Relocation is not null
            && (Renewal is not null || config.ServedEntities.Any(entity => entity.CommitmentTerm is not null)))
        {
            throw new ArgumentException(
                "Relocation cannot be combined with Renewal, or with CommitmentTerm of a served entity. Send two updates.", parameter);
        }
    }
}
