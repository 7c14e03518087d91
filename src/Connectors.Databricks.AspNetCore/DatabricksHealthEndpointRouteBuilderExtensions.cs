using Connectors.Databricks.AspNetCore;
using Connectors.Databricks.AspNetCore.Health;
using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds a route for the health of Databricks endpoints.</summary>
public static class DatabricksHealthEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Adds a GET route that runs the health checks of the app, such as those of <c>AddDatabricksEndpoint</c>: 200 if the endpoints are
    /// ready, and 503 with the reason if one is not.
    /// </summary>
    /// <param name="endpoints">The route builder.</param>
    /// <param name="pattern">The pattern of the route, such as <c>/health</c>.</param>
    /// <param name="configure">Sets the options; <see langword="null"/> for the defaults.</param>
    /// <returns>The builder of the route, for authorization and other conventions.</returns>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    /// <exception cref="InvalidOperationException">The app has no health checks.</exception>
    public static IEndpointConventionBuilder MapDatabricksHealth(
        this IEndpointRouteBuilder endpoints, string pattern, Action<DatabricksHealthRouteOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var options = new DatabricksHealthRouteOptions();
        configure?.Invoke(options);
        new OptionsValidation(nameof(DatabricksHealthRouteOptions)).RequireInterval(options.TimeToLive, nameof(options.TimeToLive));
        var checks = endpoints.ServiceProvider.GetService<HealthCheckService>() ?? throw new InvalidOperationException(
            "The app has no health checks. Add builder.Services.AddHealthChecks().AddDatabricksEndpoint(name).");
        var route = endpoints.MapGet(pattern, (RequestDelegate)new HealthRoute(checks, options).HandleAsync);
        HealthRouteDescription.Add(endpoints, route);
        return route;
    }
}
