namespace Connectors.Databricks.Management;

/// <summary>Configures how the configuration of an endpoint is read, changed and sent again.</summary>
public sealed class EndpointUpdateOptions
{
    /// <summary>
    /// Gets or sets served entities to send instead of those with the same name that the service returns: for secrets that were set as
    /// plaintext, and other settings that the service does not return.
    /// </summary>
    /// <value>Default: empty.</value>
    public IReadOnlyList<ServedEntity> EntityOverrides { get; set; } = [];

    /// <summary>
    /// Gets or sets the version of the configuration that the endpoint must have (<see cref="EndpointConfig.ConfigVersion"/>). If another
    /// client has changed it, the method throws an <see cref="InvalidOperationException"/> before it sends an update, which would undo the
    /// change.
    /// </summary>
    /// <value>Default: <see langword="null"/>, any version.</value>
    public long? ExpectedConfigVersion { get; set; }

    /// <summary>Gets or sets how to wait until the update is done.</summary>
    /// <value>Default: the defaults of <see cref="EndpointWaitOptions"/>.</value>
    public EndpointWaitOptions Wait { get; set; } = new();

    internal EndpointUpdateOptions CopyValidated(string parameter)
    {
        ArgumentNullException.ThrowIfNull(EntityOverrides);
        ArgumentNullException.ThrowIfNull(Wait);
        return new EndpointUpdateOptions
        {
            EntityOverrides = [.. EntityOverrides],
            ExpectedConfigVersion = ExpectedConfigVersion,
            Wait = Wait.CopyValidated(parameter),
        };
    }
}
