using Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>Gathers what an answer says about itself under the names that Semantic Kernel's apps read.</summary>
internal static class MetadataFromChat
{
    public static Dictionary<string, object?> Read(ChatResponse response, ChatMessage message)
    {
        var ownReason = message.AdditionalProperties?.GetValueOrDefault(DatabricksPropertyNames.FinishReason) as string;
        var metadata = new Dictionary<string, object?>
        {
            [MetadataNames.Id] = response.ResponseId,
            [MetadataNames.CreatedAt] = response.CreatedAt,
            [MetadataNames.Usage] = response.Usage,
            [MetadataNames.FinishReason] = ownReason is not null ? Reason(new ChatFinishReason(ownReason)) : Reason(response.FinishReason),
        };
        AddCounts(metadata, response.Usage);
        AddProperties(metadata, response.AdditionalProperties);
        AddProperties(metadata, message.AdditionalProperties);
        AddRefusal(metadata, message.Contents);
        return metadata;
    }

    public static Dictionary<string, object?> Read(ChatResponseUpdate update)
    {
        var usage = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details;
        var ownReason = update.AdditionalProperties?.GetValueOrDefault(DatabricksPropertyNames.FinishReason) as string;
        var metadata = new Dictionary<string, object?>
        {
            [MetadataNames.Id] = update.ResponseId,
            [MetadataNames.CompletionId] = update.ResponseId,
            [MetadataNames.CreatedAt] = update.CreatedAt,
            [MetadataNames.Usage] = usage,
            [MetadataNames.FinishReason] = ownReason is not null ? Reason(new ChatFinishReason(ownReason)) : Reason(update.FinishReason),
        };
        AddCounts(metadata, usage);
        AddProperties(metadata, update.AdditionalProperties);
        AddRefusal(metadata, update.Contents);
        return metadata;
    }

    private static void AddCounts(Dictionary<string, object?> metadata, UsageDetails? usage)
    {
        if (usage?.CachedInputTokenCount is { } cached)
        {
            metadata[MetadataNames.CachedTokens] = cached;
        }

        if (usage?.ReasoningTokenCount is { } reasoning)
        {
            metadata[MetadataNames.ReasoningTokens] = reasoning;
        }
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

    private static void AddRefusal(Dictionary<string, object?> metadata, IList<AIContent> contents)
    {
        if (contents.OfType<ErrorContent>().FirstOrDefault() is { } refusal)
        {
            metadata[MetadataNames.Refusal] = refusal.Message;
        }
    }

    /// <summary>The words of the OpenAI connector, which apps compare with; another reason stays as it came.</summary>
    public static string? Reason(ChatFinishReason? reason) =>
        reason is not { } known ? null :
        known == ChatFinishReason.Stop ? "Stop" :
        known == ChatFinishReason.Length ? "Length" :
        known == ChatFinishReason.ToolCalls ? "ToolCalls" :
        known == ChatFinishReason.ContentFilter ? "ContentFilter" :
        known.Value;
}
