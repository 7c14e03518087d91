using System.Text.Json;
using Connectors.Databricks.SemanticKernel.Contents;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Settings;

/// <summary>Turns settings into the options of a text completion, and what comes with one into metadata.</summary>
internal static class SettingsToCompletion
{
    public static DatabricksCompletionOptions Write(DatabricksPromptExecutionSettings settings)
    {
        // By way of ChatOptions, so that the two services cannot read a setting differently.
        var options = SettingsToChat.Write(settings, kernel: null);
        options.AdditionalProperties?.Remove("n");

        // Strict is about a response format, which text generation does not have.
        options.AdditionalProperties?.Remove(DatabricksPropertyNames.Strict);
        return new DatabricksCompletionOptions
        {
            MaxOutputTokens = options.MaxOutputTokens,
            Temperature = options.Temperature,
            TopP = options.TopP,
            TopK = options.TopK,
            ChoiceCount = settings.ChoiceCount,
            StopSequences = options.StopSequences,
            AdditionalProperties = options.AdditionalProperties is { Count: > 0 } others ? new Dictionary<string, object?>(others) : null,
        };
    }

    public static Dictionary<string, object?> Metadata(
        string? id,
        DateTimeOffset? createdAt,
        UsageDetails? usage,
        ChatFinishReason? reason,
        JsonElement? logProbs,
        DatabricksServingResponse? raw)
    {
        return new Dictionary<string, object?>
        {
            [MetadataNames.Id] = id,
            [MetadataNames.CreatedAt] = createdAt,
            [MetadataNames.Usage] = usage,
            [MetadataNames.FinishReason] = MetadataFromChat.Reason(reason),
            [MetadataNames.RequestId] = raw?.RequestId,
            [MetadataNames.ServedModelName] = raw?.ServedModelName,
            [MetadataNames.LogProbs] = logProbs,
            [MetadataNames.SystemFingerprint] = null,
            [MetadataNames.Refusal] = null,
            [MetadataNames.CachedTokens] = usage?.CachedInputTokenCount,
            [MetadataNames.ReasoningTokens] = usage?.ReasoningTokenCount,
        };
    }
}
