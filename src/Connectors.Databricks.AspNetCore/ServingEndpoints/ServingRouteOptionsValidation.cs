using Connectors.Databricks.AspNetCore.Routing;

namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

/// <summary>Rejects invalid options when the routes are added.</summary>
internal static class ServingRouteOptionsValidation
{
    /// <exception cref="ArgumentException">An option is invalid; the message contains its name.</exception>
    public static void Validate(DatabricksServingRouteOptions options)
    {
        var validation = new OptionsValidation(nameof(DatabricksServingRouteOptions));
        validation.RequireEndpoints(
            options.Endpoints, options.AllowAnyEndpoint, nameof(options.Endpoints), nameof(options.AllowAnyEndpoint));
        validation.Require(
            !options.Endpoints.Any(EndpointAllowList.IsModelService), nameof(options.Endpoints),
            "contains a model service. Model services have no predictions; clients call them through the chat or OpenAI-compatible routes");
        validation.RequireInterval(options.DetailsTimeToLive, nameof(options.DetailsTimeToLive));
        validation.RequirePositive(options.MaxBatchItems, nameof(options.MaxBatchItems));
        validation.RequirePositive(options.MaxConcurrentRequests, nameof(options.MaxConcurrentRequests));
        validation.RequirePositive(options.MaxRequestBytes, nameof(options.MaxRequestBytes));
    }
}
