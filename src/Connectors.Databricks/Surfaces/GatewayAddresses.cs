using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Surfaces;

/// <summary>The addresses of Unity Gateway in one workspace.</summary>
/// <param name="host">The workspace; null while it is not known.</param>
internal sealed class GatewayAddresses(Uri? host)
{
    private readonly Uri _chat = EndpointPath.Gateway(host, "chat/completions");
    private readonly Uri _responses = EndpointPath.Gateway(host, "responses");
    private readonly Uri _embeddings = EndpointPath.Gateway(host, "embeddings");

    public Uri? Host => host;

    public Uri Of(SurfaceTask task) => task switch
    {
        SurfaceTask.Chat => _chat,
        SurfaceTask.Responses => _responses,
        SurfaceTask.Embeddings => _embeddings,
        _ => throw new ArgumentOutOfRangeException(nameof(task), task, null),
    };
}
