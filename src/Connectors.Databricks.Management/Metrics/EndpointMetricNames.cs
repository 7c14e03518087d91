namespace Connectors.Databricks.Management;

/// <summary>
/// The names of the metrics that Databricks documents for endpoints. Those that end in <c>_total</c> are gauges, the value of the last
/// minute, not counters (serving reference §9.10).
/// </summary>
public static class EndpointMetricNames
{
    /// <summary>CPU usage, in percent.</summary>
    public const string CpuUsagePercentage = "cpu_usage_percentage";

    /// <summary>Memory usage, in percent.</summary>
    public const string MemoryUsagePercentage = "mem_usage_percentage";

    /// <summary>GPU usage, in percent; only for endpoints with GPUs.</summary>
    public const string GpuUsagePercentage = "gpu_usage_percentage";

    /// <summary>Provisioned concurrency: concurrent requests that the endpoint is scaled for.</summary>
    public const string ProvisionedConcurrency = "provisioned_concurrent_requests_total";

    /// <summary>Requests in the last minute.</summary>
    public const string RequestCount = "request_count_total";

    /// <summary>Requests in the last minute with client errors (4xx).</summary>
    public const string RequestClientErrorCount = "request_4xx_count_total";

    /// <summary>Requests in the last minute with server errors (5xx).</summary>
    public const string RequestServerErrorCount = "request_5xx_count_total";

    /// <summary>Request latency, in milliseconds; a histogram.</summary>
    public const string RequestLatency = "request_latency_ms";

    /// <summary>Prediction latency of the model, in milliseconds; a histogram.</summary>
    public const string PredictionLatency = "model_prediction_latency_ms";

    /// <summary>Queue time of requests, in milliseconds; a histogram.</summary>
    public const string QueueTime = "model_queue_time_ms";
}
