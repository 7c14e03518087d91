using Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>
/// Collects the metadata of a response under the names that apps of Semantic Kernel read. Every documented key exists, null where the
/// endpoint sent nothing: apps index the dictionary, and a missing key would throw.
/// </summary>
internal static class MetadataFromChat
{
    /// <summary>The keys that are always there, and a few of the endpoint's own: a dictionary that grows copies itself.</summary>
    private const int Capacity = 17;

    public static Dictionary<string, object?> Read(ChatResponse response, ChatMessage message)
    {
        var ownReason = message.AdditionalProperties?.GetValueOrDefault(DatabricksPropertyNames.FinishReason) as string;
        var metadata = new Dictionary<string, object?>(Capacity)
        {
            [MetadataNames.Id] = response.ResponseId,
            [MetadataNames.CreatedAt] = response.CreatedAt,
            [MetadataNames.Usage] = response.Usage,
            [MetadataNames.FinishReason] = ownReason is not null ? Reason(new ChatFinishReason(ownReason)) : Reason(response.FinishReason),
        };
        AddCommon(metadata, response.Usage, message.Contents);
        AddProperties(metadata, response.AdditionalProperties);
        AddProperties(metadata, message.AdditionalProperties);
        return metadata;
    }

    public static Dictionary<string, object?> Read(ChatResponseUpdate update)
    {
        var usage = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details;
        var ownReason = update.AdditionalProperties?.GetValueOrDefault(DatabricksPropertyNames.FinishReason) as string;
        var metadata = new Dictionary<string, object?>(Capacity)
        {
            [MetadataNames.Id] = update.ResponseId,
            [MetadataNames.CompletionId] = update.ResponseId,
            [MetadataNames.CreatedAt] = update.CreatedAt,
            [MetadataNames.Usage] = usage,
            [MetadataNames.FinishReason] = ownReason is not null ? Reason(new ChatFinishReason(ownReason)) : Reason(update.FinishReason),
        };
        AddCommon(metadata, usage, update.Contents);
        metadata[MetadataNames.RefusalUpdate] = metadata[MetadataNames.Refusal];
        AddProperties(metadata, update.AdditionalProperties);
        return metadata;
    }

    private static void AddCommon(Dictionary<string, object?> metadata, UsageDetails? usage, IList<AIContent> contents)
    {
        metadata[MetadataNames.SystemFingerprint] = null;
        metadata[MetadataNames.LogProbs] = null;
        metadata[MetadataNames.RequestId] = null;
        metadata[MetadataNames.ServedModelName] = null;
        metadata[MetadataNames.CachedTokens] = usage?.CachedInputTokenCount;
        metadata[MetadataNames.ReasoningTokens] = usage?.ReasoningTokenCount;
        metadata[MetadataNames.Refusal] = Refusal(contents);
    }

    // A loop, because this is done for every update of a stream.
    private static string? Refusal(IList<AIContent> contents)
    {
        for (var i = 0; i < contents.Count; i++)
        {
            if (contents[i] is ErrorContent refusal)
            {
                return refusal.Message;
            }
        }

        return null;
    }

    private static void AddProperties(Dictionary<string, object?> metadata, AdditionalPropertiesDictionary? properties)
    {
        foreach (var (name, value) in properties ?? [])
        {
            if (name != DatabricksPropertyNames.FinishReason)
            {
                metadata[Named(name)] = value;
            }
        }
    }

    private static string Named(string name) => name switch
    {
        DatabricksPropertyNames.RequestId => MetadataNames.RequestId,
        DatabricksPropertyNames.ServedModelName => MetadataNames.ServedModelName,
        DatabricksPropertyNames.SystemFingerprint => MetadataNames.SystemFingerprint,
        DatabricksPropertyNames.LogProbs => MetadataNames.LogProbs,
        _ => name,
    };

    /// <summary>The words of the OpenAI connector, which apps compare with; another reason stays as it came.</summary>
    public static string? Reason(ChatFinishReason? reason) =>
        reason is not { } known ? null :
        known == ChatFinishReason.Stop ? "Stop" :
        known == ChatFinishReason.Length ? "Length" :
        known == ChatFinishReason.ToolCalls ? "ToolCalls" :
        known == ChatFinishReason.ContentFilter ? "ContentFilter" :
        known.Value;
}
