using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connectors.Databricks.AspNetCore;

/// <summary>Options of the route that <c>MapDatabricksHealth</c> adds: which health checks it runs, and what it returns.</summary>
public sealed class DatabricksHealthRouteOptions
{
    /// <summary>Gets or sets the function that selects the health checks, for example by their tags.</summary>
    /// <value>Default: <see langword="null"/>, for all health checks of the app.</value>
    public Func<HealthCheckRegistration, bool>? Predicate { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the response has the description and the data of each health check. They may contain the
    /// host and messages of the workspace.
    /// </summary>
    /// <value>Default: <see langword="false"/>, because health routes are often anonymous.</value>
    public bool IncludeDetails { get; set; }

    /// <summary>
    /// Gets or sets the time for which a result is returned again, so that callers do not determine the load of the workspace.
    /// </summary>
    /// <value>Default: 5 seconds, below the interval of common probes.</value>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromSeconds(5);
}
