namespace Connectors.Databricks;

/// <summary>How a prediction is asked for. Nothing in it is changed by a call.</summary>
public sealed class DatabricksPredictionOptions
{
    /// <summary>16 MB, the body that custom models take, counted in the smaller way.</summary>
    internal const int DefaultMaxRequestBytes = 16_000_000;

    /// <summary>Four: as for embeddings, and as many as the smallest workload serves at once.</summary>
    internal const int DefaultMaxConcurrentRequests = 4;

    /// <summary>
    /// One served model behind the endpoint, past its traffic split: the way to compare a challenger with the champion on the same rows.
    /// </summary>
    /// <value>Default: <see langword="null"/>, the traffic split decides.</value>
    public string? ServedModelName { get; set; }

    /// <summary>MLflow's inference parameters, sent as <c>params</c>.</summary>
    /// <value>Default: <see langword="null"/>, none are sent.</value>
    public IDictionary<string, object?>? Parameters { get; set; }

    /// <summary>More members of the body, such as <c>client_request_id</c>. They never replace what the call itself sends.</summary>
    /// <value>Default: <see langword="null"/>, none are sent.</value>
    public IDictionary<string, object?>? AdditionalProperties { get; set; }

    /// <summary>
    /// The most rows of one request; more are split over several. Leave it unset for models that look at a table as a whole, such as
    /// forecasts.
    /// </summary>
    /// <value>Default: <see langword="null"/>, no limit but <see cref="MaxRequestBytes"/>.</value>
    public int? MaxRowsPerRequest { get; set; }

    /// <summary>The most bytes of one request body. A row that is longer by itself goes alone, and the service judges it.</summary>
    /// <value>Default: 16,000,000.</value>
    public int MaxRequestBytes { get; set; } = DefaultMaxRequestBytes;

    /// <summary>How many requests of one call may be under way at once.</summary>
    /// <value>Default: 4.</value>
    public int MaxConcurrentRequests { get; set; } = DefaultMaxConcurrentRequests;

    /// <summary>Copies the options after checking them: a call that makes several requests makes them all alike.</summary>
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
