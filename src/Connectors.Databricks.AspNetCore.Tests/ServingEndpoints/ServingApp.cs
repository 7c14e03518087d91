using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.Tests.ServingEndpoints;

/// <summary>Apps with the routes for serving endpoints, in front of an emulator with a classic model.</summary>
internal static class ServingApp
{
    public const string Churn = "churn-v1";

    public const string Predict = "/serving-endpoints/churn-v1/predict";

    public const string BatchPredict = "/serving-endpoints/churn-v1/batch-predict";

    /// <summary>Two rows, whose predictions are 0.6 and 0.89.</summary>
    public const string Rows = """{"dataframe_split":{"columns":["tenure","monthly_charges"],"data":[[10,50],[1,100]]}}""";

    public static async Task<TestApp> StartAsync(
        Action<DatabricksServingRouteOptions>? configure = null, Action<IServiceCollection>? services = null,
        Action<RouteGroupBuilder>? convention = null, Action<WebApplication>? middleware = null,
        DatabricksEmulatorOptions? emulator = null, Action<DatabricksServingOptions>? serving = null)
    {
        var app = await TestApp.StartAsync(
            app =>
            {
                middleware?.Invoke(app);
                var routes = app.MapDatabricksServingEndpoints(
                    "/serving-endpoints", configure ?? (options => options.AllowAnyEndpoint = true));
                convention?.Invoke(routes);
            },
            services, emulator, serving);
        app.Emulator.AddClassicEndpoint(Churn);
        return app;
    }

    public static Task<TestApp> StartAsync(DatabricksServingClient client, Action<DatabricksServingRouteOptions>? configure = null) =>
        StartAsync(configure, services => services.AddSingleton(client));

    /// <summary>The errors of a problem, as <c>path: message</c>.</summary>
    public static string[] Errors(JsonNode problem) =>
        [.. problem["errors"]?.AsObject().SelectMany(error => error.Value!.AsArray().Select(text => $"{error.Key}: {text}")) ?? []];

    /// <summary>How many requests of a kind the workspace received.</summary>
    public static int Count(this TestApp app, string method, string end) => app.Emulator.Requests.Count(request =>
        request.Method == method && request.Path.EndsWith(end, StringComparison.Ordinal));
}
