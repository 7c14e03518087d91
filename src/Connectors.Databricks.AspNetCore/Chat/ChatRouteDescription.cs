using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Connectors.Databricks.AspNetCore.Chat;

/// <summary>
/// The description of the chat route in OpenAPI documents. A status has one schema there, which is that of the document: a client that is
/// generated from it accepts JSON only. The events are described in words.
/// </summary>
internal static class ChatRouteDescription
{
    public static void Add(IEndpointRouteBuilder endpoints, IEndpointConventionBuilder route)
    {
        OpenApiSchemas.Add(endpoints, ChatSchemasContext.Default);
        new RouteDescription(
            route, "Chat",
            "Returns server-sent events: start, text, reasoning, toolCall, toolResult, media, refusal, denial, usage, and done or error. " +
            "With Accept: application/json, returns one document.").Add(
            typeof(ChatRequestSchema), nameof(RouteSignatures.WithoutParameters),
            [
                (200, typeof(ChatResponseSchema), ["application/json"]),
                .. RouteDescription.Problems(400, 404, 406, 413, 415, 429, 502, 503, 504),
            ]);
    }
}
