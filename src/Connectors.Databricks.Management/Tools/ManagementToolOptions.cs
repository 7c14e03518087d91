namespace Connectors.Databricks.Management;

/// <summary>Configures the tools that let a model monitor and change endpoints.</summary>
public sealed class ManagementToolOptions
{
    /// <summary>
    /// Gets or sets a value indicating whether there are tools that start, stop, delete and tag endpoints, set the traffic of endpoints and
    /// model services, and delete model services. <see cref="ApproveChange"/> is then required.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool AllowChanges { get; set; }

    /// <summary>
    /// Gets or sets the approval of a change that a model requests: show it to a person, or check it against your rules. A denial is
    /// returned to the model.
    /// </summary>
    /// <value>Default: <see langword="null"/>; required with <see cref="AllowChanges"/>.</value>
    public Func<EndpointChange, CancellationToken, ValueTask<bool>>? ApproveChange { get; set; }

    /// <summary>
    /// Gets or sets the maximum length of every result, in characters of JSON. Longer texts are truncated, errors
    /// included, with a note in the result; it stays valid JSON.
    /// </summary>
    /// <value>Default: 8,000, about 2,000 tokens. Minimum: 500.</value>
    public int MaxResultLength { get; set; } = EndpointToolOptions.DefaultMaxResultLength;

    internal ManagementToolOptions CopyValidated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxResultLength, EndpointToolOptions.MinResultLength);
        return !AllowChanges || ApproveChange is not null
            ? (ManagementToolOptions)MemberwiseClone()
            : throw new ArgumentException(
                $"{nameof(AllowChanges)} requires {nameof(ApproveChange)}: a model must not change endpoints on its own.");
    }
}
