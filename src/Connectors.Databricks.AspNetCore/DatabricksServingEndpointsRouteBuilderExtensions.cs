using Connectors.Databricks.AspNetCore;
using Connectors.Databricks.AspNetCore.Authorization;
using Connectors.Databricks.AspNetCore.Routing;
using Connectors.Databricks.AspNetCore.ServingEndpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds routes that list, inspect and query the serving endpoints of a Databricks workspace.</summary>
public static class DatabricksServingEndpointsRouteBuilderExtensions
{
    /// <summary>
    /// Adds a route for the list of endpoints, and <c>{name}</c>, <c>{name}/predict</c> and <c>{name}/batch-predict</c> for one of them,
    /// which call the registered <c>DatabricksServingClient</c>. Errors are ProblemDetails.
    /// </summary>
    /// <param name="endpoints">The route builder.</param>
    /// <param name="prefix">The prefix of the routes, such as <c>/serving-endpoints</c>.</param>
    /// <param name="configure">Sets the options: the endpoints that clients may use, and limits.</param>
    /// <returns>The group of the routes, for authorization, rate limiting and other conventions.</returns>
    /// <exception cref="ArgumentException">No endpoint is allowed, or an option is invalid.</exception>
    public static RouteGroupBuilder MapDatabricksServingEndpoints(
        this IEndpointRouteBuilder endpoints, string prefix, Action<DatabricksServingRouteOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new DatabricksServingRouteOptions();
        configure(options);
        ServingRouteOptionsValidation.Validate(options);
        var routes = new ServingRoutes(options);
        var group = endpoints.MapGroup(prefix);
        OpenApiSchemas.Add(endpoints, ServingSchemasContext.Default);
        ServingRouteDescriptions.List(group.MapGet("/", (RequestDelegate)routes.ListAsync));
        ServingRouteDescriptions.Get(group.MapGet("/{name}", (RequestDelegate)routes.GetAsync));
        ServingRouteDescriptions.Predict(group.MapPost("/{name}/predict", (RequestDelegate)routes.PredictAsync));
        ServingRouteDescriptions.BatchPredict(group.MapPost("/{name}/batch-predict", (RequestDelegate)routes.BatchPredictAsync));
        AnonymousRoutesWarning.Add(endpoints, group, prefix);
        return group;
    }
}
