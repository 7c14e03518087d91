namespace Connectors.Databricks;

/// <summary>Options for predictions. Calls do not modify the instance.</summary>
public sealed class DatabricksPredictionOptions
{
    /// <summary>16 MB (decimal), the maximum request size of custom models.</summary>
    internal const int DefaultMaxRequestBytes = 16_000_000;

    /// <summary>4: as for embeddings, and the concurrency of the smallest workload size.</summary>
    internal const int DefaultMaxConcurrentRequests = 4;

    /// <summary>
    /// Gets or sets the served model to query, bypassing the traffic split of the endpoint, for example to compare a challenger with the
    /// champion.
    /// </summary>
    /// <value>Default: <see langword="null"/>: the traffic split applies.</value>
    public string? ServedModelName { get; set; }

    /// <summary>Gets or sets MLflow's inference parameters, sent as <c>params</c>.</summary>
    /// <value>Default: <see langword="null"/>, none are sent.</value>
    public IDictionary<string, object?>? Parameters { get; set; }

    /// <summary>
    /// Gets or sets additional members of the request body, such as <c>client_request_id</c>. They never override members that the call
    /// sets.
    /// </summary>
    /// <value>Default: <see langword="null"/>, none are sent.</value>
    public IDictionary<string, object?>? AdditionalProperties { get; set; }

    /// <summary>
    /// Gets or sets the maximum number of rows per request; more rows are split into several requests. Leave it unset for models that need
    /// the whole table, such as forecasts.
    /// </summary>
    /// <value>Default: <see langword="null"/>, no limit but <see cref="MaxRequestBytes"/>.</value>
    public int? MaxRowsPerRequest { get; set; }

    /// <summary>
    /// Gets or sets the maximum size of a request body, in bytes. A single row that exceeds it is sent alone, and the service decides.
    /// </summary>
    /// <value>Default: 16,000,000.</value>
    public int MaxRequestBytes { get; set; } = DefaultMaxRequestBytes;

    /// <summary>Gets or sets the maximum number of concurrent requests per call.</summary>
    /// <value>Default: 4.</value>
    public int MaxConcurrentRequests { get; set; } = DefaultMaxConcurrentRequests;

    /// <summary>Validates and copies the options, so that all requests of a call use the same values.</summary>
    internal DatabricksPredictionOptions CopyValidated()
    {
        RequirePositive(MaxRowsPerRequest ?? 1, nameof(MaxRowsPerRequest));
        RequirePositive(MaxRequestBytes, nameof(MaxRequestBytes));
        RequirePositive(MaxConcurrentRequests, nameof(MaxConcurrentRequests));
        var copy = (DatabricksPredictionOptions)MemberwiseClone();
        copy.Parameters = Parameters is null ? null : new Dictionary<string, object?>(Parameters);
        copy.AdditionalProperties = AdditionalProperties is null ? null : new Dictionary<string, object?>(AdditionalProperties);
        return copy;
    }

    private static void RequirePositive(int value, string name)
    {
        if (value < 1)
        {
            throw new ArgumentException($"{name} is {value}. Use 1 or more.");
        }
    }
}
