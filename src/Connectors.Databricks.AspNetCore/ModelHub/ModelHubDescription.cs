using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;

namespace Connectors.Databricks.AspNetCore.ModelHub;

/// <summary>The description of the routes of LiteLLM in OpenAPI documents.</summary>
internal static class ModelHubDescription
{
    public static void AddModelGroups(IEndpointConventionBuilder route) => Add(
        route, "Model hub", "Returns the models as LiteLLM's /public/model_hub does. The query may have provider=databricks.",
        typeof(IReadOnlyList<ModelHubModelSchema>));

    public static void AddServingEndpoints(IEndpointConventionBuilder route) => Add(
        route, "Serving endpoints", "Returns the endpoints and model services as LiteLLM's /public/databricks/serving_endpoints does.",
        typeof(ModelHubEndpointsSchema));

    private static void Add(IEndpointConventionBuilder route, string summary, string description, Type response) =>
        new RouteDescription(route, summary, description).Add(
            request: null, nameof(RouteSignatures.WithoutParameters),
            [(200, response, ["application/json"]), .. RouteDescription.Problems(400, 429, 502, 503, 504)]);
}
