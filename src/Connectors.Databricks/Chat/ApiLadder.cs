using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Models;
using Connectors.Databricks.Surfaces;

namespace Connectors.Databricks.Chat;

/// <summary>
/// The order in which the paths of the Responses API are tried: the unified path of Unity Gateway, or the path of the model on serving
/// endpoints, and then the paths that existed before it.
/// </summary>
internal static class ApiLadder
{
    /// <summary>The first path of a name.</summary>
    public static ChatApi First(ServingRoute route, EndpointModel endpoint, bool isAgent) =>
        route.IsGateway || isAgent || IsOpenAI(endpoint) ? ChatApi.Responses : ChatApi.OpenResponses;

    /// <summary>The path after one that the service rejected; null after the last.</summary>
    public static ChatApi? After(ChatApi api, ServingRoute route, EndpointModel endpoint, bool isAgent, bool usesGateway) => api switch
    {
        ChatApi.Responses when route.IsGateway =>
            endpoint.Record?.Family == DatabricksModelFamily.OpenAI ? ChatApi.OpenAIResponses : ChatApi.OpenResponses,
        ChatApi.Responses => isAgent ? ChatApi.InvocationsResponses : ChatApi.OpenResponses,

        // Unity Gateway takes the names of foundation models in workspaces that do not enforce it, and never those of other endpoints.
        ChatApi.OpenResponses when !route.IsGateway && usesGateway && !IsOpenAI(endpoint) => ChatApi.UnifiedResponses,
        _ => null,
    };

    /// <summary>Whether a path is on the other surface than the name, so that any rejection may concern the name.</summary>
    public static bool IsElsewhere(ChatApi api, ServingRoute route) =>
        route.IsGateway ? api == ChatApi.OpenResponses : api == ChatApi.UnifiedResponses;

    // Or unknown, as agents are.
    private static bool IsOpenAI(EndpointModel endpoint) =>
        endpoint.Record is not { } record || record.Family == DatabricksModelFamily.OpenAI;
}
