using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>
/// Approval requests of agents and the decisions on them. Semantic Kernel has no content for either, so both are the metadata of an item,
/// which a saved history keeps.
/// </summary>
internal static class Approvals
{
    /// <summary>The metadata of a request, or null for one that no agent made.</summary>
    public static Dictionary<string, object?>? MetadataOf(ToolApprovalRequestContent request) =>
        StoredItems.Of(request) is { } stored && request.ToolCall is McpServerToolCallContent call
            ? new()
            {
                [DatabricksPropertyNames.ResponseItem] = stored,
                [MetadataNames.ApprovalRequestId] = request.RequestId,
                [MetadataNames.ApprovalName] = call.Name,
                [MetadataNames.ApprovalServer] = call.ServerName,
                [MetadataNames.Arguments] =
                    FunctionCallFromChat.TypedArguments(call.Arguments ?? new Dictionary<string, object?>()).GetRawText(),
            }
            : null;

    /// <summary>The request or the decision that an item is, or null.</summary>
    public static AIContent? Write(KernelContent item)
    {
        if (ItemToChat.Text(item, MetadataNames.ApprovalRequestId) is not { } id)
        {
            return null;
        }

        var call = new McpServerToolCallContent(
            id, ItemToChat.Text(item, MetadataNames.ApprovalName) ?? id, ItemToChat.Text(item, MetadataNames.ApprovalServer));
        if (Decision(item) is { } isApproved)
        {
            return new ToolApprovalResponseContent(id, isApproved, call) { Reason = ItemToChat.Text(item, MetadataNames.ApprovalReason) };
        }

        return ItemToChat.Text(item, DatabricksPropertyNames.ResponseItem) is { } stored
            ? new ToolApprovalRequestContent(id, call) { AdditionalProperties = new() { [DatabricksPropertyNames.ResponseItem] = stored } }
            : throw new ArgumentException(
                $"The decision on approval request '{id}' has no Metadata[\"{MetadataNames.Approved}\"], which is true or false.",
                nameof(item));
    }

    private static bool? Decision(KernelContent item) =>
        item.Metadata?.GetValueOrDefault(MetadataNames.Approved) switch
        {
            bool value => value,
            JsonElement { ValueKind: JsonValueKind.True } => true,
            JsonElement { ValueKind: JsonValueKind.False } => false,
            _ => null,
        };
}
