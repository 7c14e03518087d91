using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>
/// Keeps the output items of the Responses API in a history: in the metadata of the text that belongs to the item, otherwise as
/// reasoning without text.
/// </summary>
internal static class StoredItems
{
    /// <summary>Keeps a content that only carries an item.</summary>
    /// <returns>Whether it is such a content.</returns>
    public static bool TryKeep(AIContent content, ChatMessageContentItemCollection items)
    {
        if (content.GetType() != typeof(AIContent) || Of(content) is not { } stored)
        {
            return false;
        }

        if (items.Count > 0 && items[^1] is Microsoft.SemanticKernel.TextContent text &&
            text.Metadata?.ContainsKey(DatabricksPropertyNames.ResponseItem) is not true)
        {
            text.Metadata = new Dictionary<string, object?>(text.Metadata ?? new Dictionary<string, object?>())
            {
                [DatabricksPropertyNames.ResponseItem] = stored,
            };
        }
        else
        {
            items.Add(new ReasoningContent(string.Empty)
            {
                Metadata = new Dictionary<string, object?> { [DatabricksPropertyNames.ResponseItem] = stored },
            });
        }

        return true;
    }

    /// <summary>The stored item of a content, or null.</summary>
    public static string? Of(AIContent content) =>
        content.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.ResponseItem, out var value) is true ? value as string : null;

    /// <summary>The stored item of a content as metadata, or null.</summary>
    public static Dictionary<string, object?>? MetadataOf(AIContent content) =>
        Of(content) is { } stored ? new Dictionary<string, object?> { [DatabricksPropertyNames.ResponseItem] = stored } : null;

    /// <summary>The content that carries the item of a text or of reasoning, or null.</summary>
    public static AIContent? CarrierOf(KernelContent item) =>
        item is Microsoft.SemanticKernel.TextContent or ReasoningContent &&
        ItemToChat.Text(item, DatabricksPropertyNames.ResponseItem) is { } stored
            ? new AIContent { AdditionalProperties = new() { [DatabricksPropertyNames.ResponseItem] = stored } }
            : null;
}
