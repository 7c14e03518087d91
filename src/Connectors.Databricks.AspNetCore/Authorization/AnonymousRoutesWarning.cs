using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Connectors.Databricks.AspNetCore.Authorization;

/// <summary>
/// Warns when the app starts and a route that spends the budget of the workspace has neither authorization metadata nor an explicit
/// permission for anonymous callers.
/// </summary>
internal static partial class AnonymousRoutesWarning
{
    private const string LogCategory = "Connectors.Databricks.AspNetCore";

    public static void Add(IEndpointRouteBuilder endpoints, IEndpointConventionBuilder routes, string prefix)
    {
        var route = new GroupOfRoutes();
        routes.WithMetadata(route);
        var services = endpoints.ServiceProvider;
        services.GetService<IHostApplicationLifetime>()?.ApplicationStarted.Register(() => Check(services, route, prefix));
    }

    private static void Check(IServiceProvider services, GroupOfRoutes group, string prefix)
    {
        if (services.GetService<IOptions<AuthorizationOptions>>()?.Value.FallbackPolicy is not null)
        {
            return;
        }

        var isAnonymous = services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).Any(endpoint =>
            endpoint.Metadata.Contains(group) &&
            endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null);
        if (isAnonymous)
        {
            WithoutAuthorization(services.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory), prefix);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The routes under '{Prefix}' have no authorization metadata: anyone who reaches the app can call the workspace. " +
        "Add RequireAuthorization(), or AllowAnonymous() to confirm.")]
    private static partial void WithoutAuthorization(ILogger logger, string prefix);

    /// <summary>Marks the routes of one call of <c>Map…</c>.</summary>
    private sealed class GroupOfRoutes;
}
