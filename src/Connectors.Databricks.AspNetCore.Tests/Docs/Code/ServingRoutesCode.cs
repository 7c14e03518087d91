using Microsoft.AspNetCore.Builder;

namespace Connectors.Databricks.AspNetCore.Tests.Docs.Code;

/// <summary>The code of the page about routes for serving endpoints.</summary>
internal static class ServingRoutesCode
{
    public static void Map(WebApplication app)
    {
        // <serving-routes-map>
        app.MapDatabricksServingEndpoints("/serving-endpoints", options => options.Endpoints.Add("churn-v1"))
            .RequireAuthorization();
        // </serving-routes-map>
    }

    public static void MapWithOptions(WebApplication app)
    {
        // <serving-routes-options>
        app.MapDatabricksServingEndpoints("/serving-endpoints", options =>
        {
            options.Endpoints.UnionWith(["churn-v1", "customer-features"]);
            options.MaxConcurrentRequests = 8;
            options.ConfigureOptions = (context, prediction) => prediction.AdditionalProperties = new Dictionary<string, object?>
            {
                ["client_request_id"] = context.TraceIdentifier,
            };
        }).RequireAuthorization();
        // </serving-routes-options>
    }
}
