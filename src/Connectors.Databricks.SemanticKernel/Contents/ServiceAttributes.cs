using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.Services;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>Describes the endpoint and the workspace of a service, under the attribute names that Semantic Kernel defines.</summary>
internal static class ServiceAttributes
{
    public static IReadOnlyDictionary<string, object?> Of(IChatClient client)
    {
        var metadata = client.GetService<ChatClientMetadata>();
        return new Dictionary<string, object?>
        {
            [AIServiceExtensions.ModelIdKey] = metadata?.DefaultModelId,
            [AIServiceExtensions.EndpointKey] = metadata?.ProviderUri?.ToString(),
        };
    }
}
