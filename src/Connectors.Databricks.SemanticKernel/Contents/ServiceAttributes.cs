using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.Services;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>Says which endpoint of which workspace a service is, under the names that Semantic Kernel looks for.</summary>
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
