namespace Connectors.Databricks.Management;

/// <summary>
/// The metrics that Databricks documents for an endpoint. Those named <c>…_total</c> are gauges: the value of the last minute, and not a
/// count that grows (serving reference §9.10).
/// </summary>
public static class EndpointMetricNames
{
    /// <summary>How much of the processors is used, in percent.</summary>
    public const string CpuUsagePercentage = "cpu_usage_percentage";

    /// <summary>How much of the memory is used, in percent.</summary>
    public const string MemoryUsagePercentage = "mem_usage_percentage";

    /// <summary>How much of the GPUs is used, in percent; of endpoints with GPUs.</summary>
    public const string GpuUsagePercentage = "gpu_usage_percentage";

    /// <summary>How many requests at once the endpoint is scaled for.</summary>
    public const string ProvisionedConcurrency = "provisioned_concurrent_requests_total";

    /// <summary>Requests in the last minute.</summary>
    public const string RequestCount = "request_count_total";

    /// <summary>Requests in the last minute that were refused (4xx).</summary>
    public const string RequestClientErrorCount = "request_4xx_count_total";

    /// <summary>Requests in the last minute that failed (5xx).</summary>
    public const string RequestServerErrorCount = "request_5xx_count_total";

    /// <summary>The time that requests took, in milliseconds; a histogram.</summary>
    public const string RequestLatency = "request_latency_ms";

    /// <summary>The time that the model took, in milliseconds; a histogram.</summary>
    public const string PredictionLatency = "model_prediction_latency_ms";

    /// <summary>The time that requests waited for the model, in milliseconds; a histogram.</summary>
    public const string QueueTime = "model_queue_time_ms";
}
