using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;

namespace Connectors.Databricks.AspNetCore.Chat;

/// <summary>The description of the chat route in OpenAPI documents.</summary>
internal static class ChatRouteDescription
{
    private static readonly int[] Problems = [400, 404, 406, 413, 415, 429, 502, 503, 504];

    public static void Add(IEndpointConventionBuilder route) => new RouteDescription(
        route, "Chat",
        "Returns server-sent events: start, text, reasoning, toolCall, toolResult, media, refusal, denial, usage, and done or error. " +
        "With Accept: application/json, returns one document.").Add(
        typeof(ChatRequestSchema), nameof(RouteSignatures.WithoutParameters),
        [
            (200, typeof(ChatResponseSchema), ["application/json", "text/event-stream"]),
            .. Problems.Select(status => (status, (Type?)typeof(ProblemDetails), (string[])["application/problem+json"])),
        ]);
}
