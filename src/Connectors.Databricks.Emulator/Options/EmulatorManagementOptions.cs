namespace Connectors.Databricks.Emulator;

/// <summary>How endpoints deploy and scale.</summary>
public sealed class EmulatorManagementOptions
{
    internal EmulatorManagementOptions()
    {
    }

    /// <summary>
    /// Gets or sets how many GETs of an endpoint report a deployment in progress before it completes. The endpoint's
    /// <see cref="EmulatedEndpoint.TakesReadsToDeploy"/> takes precedence.
    /// </summary>
    /// <value>1, as in the test server of the Databricks CLI.</value>
    public int ReadsToDeploy { get; set; } = 1;

    /// <summary>
    /// Gets or sets how long the first query waits for an endpoint that is scaled to zero. The argument of
    /// <see cref="EmulatedEndpoint.ScalesToZero"/> takes precedence.
    /// </summary>
    /// <value>5 seconds</value>
    public TimeSpan ColdStart { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the idle time after which an endpoint with <c>scale_to_zero_enabled</c> scales to zero.</summary>
    /// <value>null: never.</value>
    public TimeSpan? ScaleToZeroAfter { get; set; }

    /// <summary>
    /// Gets or sets how many empty pages with a <c>next_page_token</c> precede the model services: the service pages before it removes what
    /// the caller may not see.
    /// </summary>
    /// <value>1, as reported in databricks/unity-gateway pull request 464.</value>
    public int EmptyModelServicePages { get; set; } = 1;

    internal EmulatorManagementOptions Copy() => (EmulatorManagementOptions)MemberwiseClone();
}
