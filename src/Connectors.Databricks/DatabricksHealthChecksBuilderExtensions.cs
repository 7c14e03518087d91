using Connectors.Databricks;
using Connectors.Databricks.Hosting;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.Diagnostics.HealthChecks;

// The namespace of every AddX method: an app that has a service collection has it in scope.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts serving endpoints among an app's health checks.</summary>
public static class DatabricksHealthChecksBuilderExtensions
{
    /// <summary>
    /// Checks a serving endpoint: healthy when it is ready, degraded when it is ready but its last update failed, and
    /// <paramref name="failureStatus"/> when it is not ready, is not there, or cannot be asked. The result's data tell state, deployments and,
    /// of a ping, the time it took. <c>AddDatabricksServing</c> must be called, too.
    /// </summary>
    /// <param name="builder">The app's health checks.</param>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="configure">Sets what counts as healthy.</param>
    /// <param name="name">The name of the check; <see langword="null"/> for that of the endpoint.</param>
    /// <param name="failureStatus">What it is when it fails; <see langword="null"/> for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags to pick checks by.</param>
    /// <param name="timeout">How long it may take; <see langword="null"/> for no limit but that of the client.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    public static IHealthChecksBuilder AddDatabricksEndpoint(
        this IHealthChecksBuilder builder,
        string endpointName,
        Action<DatabricksEndpointHealthOptions>? configure = null,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        EndpointPath.Require(endpointName);
        var options = new DatabricksEndpointHealthOptions();
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
