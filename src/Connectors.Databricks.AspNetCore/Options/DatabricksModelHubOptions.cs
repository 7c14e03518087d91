namespace Connectors.Databricks.AspNetCore;

/// <summary>Options of the routes that <c>MapDatabricksModelHub</c> adds: what they show, and how often they read the workspace.</summary>
public sealed class DatabricksModelHubOptions
{
    /// <summary>Gets or sets the title of the page.</summary>
    /// <value>Default: <c>Model hub</c>.</value>
    public string Title { get; set; } = "Model hub";

    /// <summary>Gets or sets a value indicating whether the page is served in addition to the JSON routes.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool IncludePage { get; set; } = true;

    /// <summary>
    /// Gets or sets the interval in which an open page polls the list of endpoints, and the age from which their list is read again.
    /// </summary>
    /// <value>Default: 30 seconds. Without an open page or a request, the workspace is not read.</value>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the schemas whose model services are listed, such as <c>system.ai</c>.</summary>
    /// <value>Default: <see langword="null"/>, for all. See <see cref="EndpointDirectoryOptions.ModelServiceSchemas"/>.</value>
    public IReadOnlyList<string>? ModelServiceSchemas { get; set; }

    /// <summary>Gets or sets the function that selects the endpoints and model services that are shown.</summary>
    /// <value>Default: <see langword="null"/>, for every one that the credential of the app can list.</value>
    public Func<EndpointProfile, bool>? Filter { get; set; }

    /// <summary>Gets or sets a value indicating whether the creators of endpoints are shown, which may be email addresses.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool IncludeCreators { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether the metrics of an endpoint are shown.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool IncludeMetrics { get; set; } = true;

    /// <summary>
    /// Gets the price table: prices by the name of an endpoint, a model service or a model, such as <c>claude-sonnet-4-5</c>.
    /// </summary>
    /// <value>Default: empty. Without a price, no cost is shown: the service reports none.</value>
    public IDictionary<string, DatabricksModelPrice> Prices { get; } =
        new Dictionary<string, DatabricksModelPrice>(StringComparer.Ordinal);
}
