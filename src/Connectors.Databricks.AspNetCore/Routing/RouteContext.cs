using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.AspNetCore.Routing;

/// <summary>What the handlers of all routes read from a request besides its body.</summary>
internal static class RouteContext
{
    private const string LogCategory = "Connectors.Databricks.AspNetCore";

    public static TimeProvider Clock(HttpContext context) => context.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;

    public static ILogger Logger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory);

    public static DatabricksServingClient Serving(HttpContext context) =>
        context.RequestServices.GetRequiredService<DatabricksServingClient>();

    /// <summary>The pattern of the route, which unlike the path has nothing from the client.</summary>
    public static string Route(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "/";

    /// <summary>
    /// Whether the client has left, so that a response has no reader. A request timeout of the app cancels the same token: then the
    /// exception goes on to its middleware, which sends the response.
    /// </summary>
    public static bool IsAbandoned(HttpContext context) =>
        context.RequestAborted.IsCancellationRequested &&
        context.Features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken.IsCancellationRequested is not true;
}
