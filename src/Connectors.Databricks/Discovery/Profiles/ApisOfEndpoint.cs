using Connectors.Databricks.Discovery.Documents;

namespace Connectors.Databricks.Discovery.Profiles;

/// <summary>
/// Determines the APIs that an endpoint or a model service supports: as the service reports them, otherwise from the task and the model
/// records.
/// </summary>
internal static class ApisOfEndpoint
{
    // Profiles share these lists: a directory may have thousands.
    private static readonly IReadOnlyList<ServingApi> Chat = [ServingApi.ChatCompletions];
    private static readonly IReadOnlyList<ServingApi> Responses = [ServingApi.Responses];
    private static readonly IReadOnlyList<ServingApi> Embeddings = [ServingApi.Embeddings];

    public static ProfileValue<IReadOnlyList<ServingApi>> Of(
        DiscoveredEndpoint endpoint, ProfileValue<EndpointTask> task, ModelsOfEndpoint known)
    {
        if (Reported(endpoint) is { Count: > 0 } reported)
        {
            return new(reported, ProfileSource.Service);
        }

        var fromTask = FromTask(task.Value.Value);
        var surfaces = known.Common(model => model.Surfaces);
        var isHosted = endpoint.ServedOrPending is { Count: > 0 } entities && entities.All(KindOfEndpoint.IsFoundationModel);
        if (surfaces.IsKnown && (fromTask is null || isHosted))
        {
            // The task names one API; a model that Databricks hosts may have more.
            return new([.. (fromTask ?? []).Union(surfaces.Value!.Select(FromSurface).OfType<ServingApi>())], surfaces.Source);
        }

        return fromTask is null ? default : new(fromTask, task.Source);
    }

    /// <summary>The task of a model service, which has none of its own.</summary>
    public static EndpointTask? TaskOf(IReadOnlyList<ServingApi> apis) =>
        apis.Contains(ServingApi.ChatCompletions) ? EndpointTask.Chat
        : apis.Contains(ServingApi.Embeddings) ? EndpointTask.Embeddings
        : null;

    /// <summary>How to call something that supports these APIs.</summary>
    public static EndpointMode? ModeOf(IReadOnlyList<ServingApi> apis) =>
        apis.Contains(ServingApi.ChatCompletions) ? EndpointMode.Chat
        : apis.Contains(ServingApi.Embeddings) ? EndpointMode.Embedding
        : apis.Contains(ServingApi.Responses) ? EndpointMode.Responses
        : null;

    // Of several served entities, what all of them support.
    private static IReadOnlyList<ServingApi> Reported(DiscoveredEndpoint endpoint)
    {
        if (endpoint.ApiTypes.Count > 0)
        {
            return endpoint.ApiTypes;
        }

        IReadOnlyList<ServingApi>? common = null;
        foreach (var entity in endpoint.ServedOrPending)
        {
            common = common is null ? entity.ApiTypes : [.. common.Intersect(entity.ApiTypes)];
        }

        return common ?? [];
    }

    // Text completions are none of these APIs: that is known, not unknown.
    private static IReadOnlyList<ServingApi>? FromTask(string task) => task switch
    {
        "llm/v1/chat" => Chat,
        "llm/v1/embeddings" => Embeddings,
        "llm/v1/completions" => [],
        _ when !task.StartsWith("agent/", StringComparison.Ordinal) => null,
        _ when task.EndsWith("/responses", StringComparison.Ordinal) => Responses,
        _ when task.EndsWith("/chat", StringComparison.Ordinal) => Chat,
        _ => null,
    };

    private static ServingApi? FromSurface(string surface) => surface switch
    {
        "chat" => ServingApi.ChatCompletions,
        "responses" => ServingApi.Responses,
        "embeddings" => ServingApi.Embeddings,
        _ => null,
    };
}
