using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Surfaces;

/// <summary>The addresses in one workspace that take the model in the body.</summary>
/// <param name="host">The workspace; null while it is not known.</param>
internal sealed class GatewayAddresses(Uri? host)
{
    private readonly Uri _chat = EndpointPath.Gateway(host, "chat/completions");
    private readonly Uri _responses = EndpointPath.Gateway(host, "responses");
    private readonly Uri _openAIResponses = EndpointPath.GatewayOpenAI(host, "responses");
    private readonly Uri _embeddings = EndpointPath.Gateway(host, "embeddings");

    public Uri? Host => host;

    /// <summary>The Responses API of serving endpoints, whose name is in the body: OpenAI models and agents.</summary>
    public Uri ServingResponses { get; } = EndpointPath.ServingEndpoints(host, "responses");

    /// <summary>The same for models of every family.</summary>
    public Uri ServingOpenResponses { get; } = EndpointPath.ServingEndpoints(host, "open-responses");

    public Uri Of(SurfaceTask task) => task switch
    {
        SurfaceTask.Chat => _chat,
        SurfaceTask.Responses or SurfaceTask.UnifiedResponses => _responses,
        SurfaceTask.OpenAIResponses => _openAIResponses,
        SurfaceTask.Embeddings => _embeddings,
        _ => throw new ArgumentOutOfRangeException(nameof(task), task, null),
    };
}
