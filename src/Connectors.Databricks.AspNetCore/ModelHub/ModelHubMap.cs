using Connectors.Databricks.AspNetCore.ModelHub.Page;
using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Connectors.Databricks.AspNetCore.ModelHub;

/// <summary>Adds the routes of the hub to their group.</summary>
internal static class ModelHubMap
{
    public static void Add(RouteGroupBuilder group, DatabricksModelHubOptions options)
    {
        OpenApiSchemas.Add(group, ModelHubSchemasContext.Default);
        var routes = new ModelHubRoutes(options);
        ModelHubDescription.AddModelGroups(group.MapGet("/public/model_hub", (RequestDelegate)routes.ModelGroupsAsync));
        ModelHubDescription.AddServingEndpoints(
            group.MapGet("/public/databricks/serving_endpoints", (RequestDelegate)routes.ServingEndpointsAsync));
        if (!options.IncludePage)
        {
            return;
        }

        var page = new PageRoutes(options);
        group.MapGet("/", (RequestDelegate)page.PageAsync).ExcludeFromDescription();
        group.MapGet("/assets/{file}", (RequestDelegate)PageRoutes.AssetAsync).ExcludeFromDescription();
        group.MapGet("/data/endpoints", (RequestDelegate)routes.ListAsync).ExcludeFromDescription();
        group.MapGet("/data/endpoint", (RequestDelegate)routes.DetailsAsync).ExcludeFromDescription();
        group.MapGet("/data/signature", (RequestDelegate)routes.SignatureAsync).ExcludeFromDescription();
        group.MapGet("/data/metrics", (RequestDelegate)routes.MetricsAsync).ExcludeFromDescription();
    }
}
