using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;

namespace Connectors.Databricks.AspNetCore.ServingEndpoints;

/// <summary>The descriptions of the routes in OpenAPI documents.</summary>
internal static class ServingRouteDescriptions
{
    public static void List(IEndpointConventionBuilder route) => Describe(
        route, "List serving endpoints", "The serving endpoints that clients may use, with their state.",
        nameof(RouteSignatures.WithoutParameters), null, typeof(ServingEndpointsSchema), 429, 502, 503, 504);

    public static void Get(IEndpointConventionBuilder route) => Describe(
        route, "Get a serving endpoint", "One serving endpoint: its state, what it serves, and the signature of its model.",
        nameof(RouteSignatures.WithName), null, typeof(ServingEndpointSchema), 404, 429, 502, 503, 504);

    public static void Predict(IEndpointConventionBuilder route) => Describe(
        route, "Predict", "Queries a serving endpoint. The input is validated against the signature of the model.",
        nameof(RouteSignatures.WithName), typeof(PredictionRequestSchema), typeof(PredictionSchema),
        400, 404, 413, 415, 429, 502, 503, 504);

    public static void BatchPredict(IEndpointConventionBuilder route) => Describe(
        route, "Predict a batch", "Queries a serving endpoint once for each item. An item has predictions or an error.",
        nameof(RouteSignatures.WithName), typeof(BatchPredictionRequestSchema), typeof(BatchPredictionSchema),
        400, 404, 413, 415, 429, 502, 503, 504);

    private static void Describe(
        IEndpointConventionBuilder route, string summary, string description, string signature, Type? request, Type response,
        params int[] problems) => new RouteDescription(route, summary, description).Add(
            request, signature, [(200, response, ["application/json"]), .. RouteDescription.Problems(problems)]);
}
