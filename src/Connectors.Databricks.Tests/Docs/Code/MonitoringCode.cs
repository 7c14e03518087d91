using Connectors.Databricks.Management;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/monitoring.md. Methods that take the serving client run on the emulator as tests.</summary>
internal static class MonitoringCode
{
    public static async Task Metrics(DatabricksServingClient serving)
    {
        // <metrics>
        EndpointMetrics metrics = await serving.GetManagementClient().Monitoring.GetMetricsAsync("churn-v1");

        Console.WriteLine($"{metrics.RequestsPerMinute} requests a minute, of which {metrics.ServerErrorsPerMinute} failed");
        Console.WriteLine($"95 % took at most {metrics.RequestLatency?.Quantile(0.95)} ms");
        // </metrics>
    }

    public static async Task Labels(DatabricksServingClient serving)
    {
        // <metrics-labels>
        EndpointMetrics metrics = await serving.GetManagementClient().Monitoring.GetMetricsAsync("churn-v1");

        foreach (MetricSample sample in metrics.Find(EndpointMetricNames.CpuUsagePercentage)?.Samples ?? [])
        {
            Console.WriteLine(sample);   // cpu_usage_percentage{…} 2.34
        }

        foreach (MetricHistogram histogram in metrics.Histograms(EndpointMetricNames.RequestLatency))
        {
            Console.WriteLine($"{string.Join(", ", histogram.Labels)}: {histogram.Count} requests, {histogram.Mean} ms on average");
        }
        // </metrics-labels>
    }

    public static void Health(IServiceCollection services)
    {
        // <health>
        services.AddDatabricksServing();
        services.AddHealthChecks()
            .AddDatabricksEndpoint("churn-v1")
            .AddDatabricksEndpoint(
                "system.ai.claude-sonnet-4-5",
                options => options.SendPing = true,
                failureStatus: HealthStatus.Degraded,
                tags: ["models"],
                timeout: TimeSpan.FromSeconds(20));
        // </health>
    }

    public static async Task Failed(DatabricksManagementClient management)
    {
        // <logs>
        try
        {
            await management.WaitUntilReadyAsync("churn-v1");
        }
        catch (DatabricksServingException exception) when (exception.InnerException is not TimeoutException)
        {
            Console.WriteLine(exception.Message);
            Console.WriteLine(await management.Monitoring.GetBuildLogsAsync("churn-v1", "challenger"));
            Console.WriteLine(await management.Monitoring.GetServerLogsAsync("churn-v1", "challenger"));
        }
        // </logs>
    }
}
