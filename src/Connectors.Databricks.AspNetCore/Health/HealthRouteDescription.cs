using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Connectors.Databricks.AspNetCore.Health;

/// <summary>The description of the health route in OpenAPI documents.</summary>
internal static class HealthRouteDescription
{
    public static void Add(IEndpointRouteBuilder endpoints, IEndpointConventionBuilder route)
    {
        OpenApiSchemas.Add(endpoints, HealthSchemasContext.Default);
        new RouteDescription(
            route, "Health", "200 if the endpoints are ready, and 503 with the reason if one is not.").Add(
            null, nameof(RouteSignatures.WithoutParameters),
            [(200, typeof(HealthSchema), ["application/json"]), (503, typeof(HealthSchema), ["application/json"])]);
    }
}
