using Microsoft.AspNetCore.Http;

namespace Connectors.Databricks.AspNetCore;

/// <summary>Options of the routes that <c>MapDatabricksServingEndpoints</c> adds: which endpoints they serve, and their limits.</summary>
public sealed class DatabricksServingRouteOptions
{
    /// <summary>Gets the names of the serving endpoints that clients may list and query.</summary>
    /// <value>Default: empty. Names are required, unless <see cref="AllowAnyEndpoint"/> is set.</value>
    public ISet<string> Endpoints { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// Gets or sets a value indicating whether clients may list and query every endpoint that the credential of the app may.
    /// </summary>
    /// <value>Default: <see langword="false"/>, because each call is billed to the workspace of the app.</value>
    public bool AllowAnyEndpoint { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether an input is validated against the signature of the model before it is sent. Models without a
    /// signature, and formats that the signature does not describe, are validated by the service alone.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool ValidateInput { get; set; } = true;

    /// <summary>
    /// Gets or sets the function that changes the options of each request to an endpoint, such as
    /// <see cref="DatabricksPredictionOptions.ServedModelName"/>. It is called after the request was read, so its values take precedence.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public Action<HttpContext, DatabricksPredictionOptions>? ConfigureOptions { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether responses contain messages of the service: those about a rejected request, and those about
    /// deployments.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool IncludeServiceMessages { get; set; }

    /// <summary>Gets or sets the time for which the state and the signature of an endpoint are cached.</summary>
    /// <value>Default: 30 seconds. The state of an endpoint that is not ready is cached for at most 5 seconds.</value>
    public TimeSpan DetailsTimeToLive { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the maximum number of items of a batch.</summary>
    /// <value>Default: 100.</value>
    public int MaxBatchItems { get; set; } = 100;

    /// <summary>Gets or sets the maximum number of concurrent requests of one batch.</summary>
    /// <value>Default: 4, the concurrency of the smallest workload size.</value>
    public int MaxConcurrentRequests { get; set; } = 4;

    /// <summary>Gets or sets the maximum size of a request body, in bytes. It replaces the limit of the server.</summary>
    /// <value>Default: 16,000,000, the maximum of custom models.</value>
    public long MaxRequestBytes { get; set; } = 16_000_000;
}
