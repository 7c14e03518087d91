using Connectors.Databricks.AspNetCore;
using Connectors.Databricks.AspNetCore.Authorization;
using Connectors.Databricks.AspNetCore.Chat;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds a route for chat with Databricks endpoints.</summary>
public static class DatabricksChatEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Adds a route for chat: a POST with messages, whose response is a stream of server-sent events, or one JSON document if the client
    /// accepts that only. Errors are ProblemDetails; after the first event, an event.
    /// </summary>
    /// <param name="endpoints">The route builder.</param>
    /// <param name="pattern">The pattern of the route, such as <c>/chat</c>.</param>
    /// <param name="configure">Sets the options: the endpoints that clients may use, and limits.</param>
    /// <returns>The builder of the route, for authorization, rate limiting and other conventions.</returns>
    /// <exception cref="ArgumentException">No endpoint is allowed, or an option is invalid.</exception>
    public static IEndpointConventionBuilder MapDatabricksChat(
        this IEndpointRouteBuilder endpoints, string pattern, Action<DatabricksChatRouteOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new DatabricksChatRouteOptions();
        configure(options);
        ChatRouteOptionsValidation.Validate(options);
        var route = endpoints.MapPost(pattern, (RequestDelegate)new ChatRoute(options).HandleAsync);
        ChatRouteDescription.Add(endpoints, route);
        AnonymousRoutesWarning.Add(endpoints, route, pattern);
        return route;
    }
}
