using Connectors.Databricks;
using Connectors.Databricks.Hosting;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.Diagnostics.HealthChecks;

// The conventional namespace of Add… methods, which apps with a service collection have in scope.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers health checks of serving endpoints.</summary>
public static class DatabricksHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a health check of a serving endpoint: healthy if the endpoint is ready, degraded if it is ready but its last update failed, and
    /// <paramref name="failureStatus"/> if it is not ready, does not exist or cannot be reached. The data of the result contain state,
    /// deployments and the duration of a ping. Requires <c>AddDatabricksServing</c>.
    /// </summary>
    /// <param name="builder">The health checks builder.</param>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="configure">Configures the options.</param>
    /// <param name="name">The name of the health check; <see langword="null"/> for the endpoint name.</param>
    /// <param name="failureStatus">The status of a failure; <see langword="null"/> for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags for filtering health checks.</param>
    /// <param name="timeout">The timeout; <see langword="null"/> for that of the client.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    public static IHealthChecksBuilder AddDatabricksEndpoint(
        this IHealthChecksBuilder builder,
        string endpointName,
        Action<DatabricksHealthCheckOptions>? configure = null,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        EndpointPath.Require(endpointName);
        var options = new DatabricksHealthCheckOptions();
        configure?.Invoke(options);
        return builder.Add(new HealthCheckRegistration(
            name ?? endpointName,
            services => new EndpointHealthCheck(
                services.GetRequiredService<DatabricksServingClient>(), endpointName, options,
                services.GetService<TimeProvider>() ?? TimeProvider.System),
            failureStatus,
            tags,
            timeout));
    }
}
