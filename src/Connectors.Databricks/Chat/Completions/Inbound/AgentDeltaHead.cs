using System.Text.Json;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>The id, role and call id of an agent delta, which determine the message that it belongs to.</summary>
internal readonly record struct AgentDeltaHead(string? Id, string? Role, string? ToolCallId)
{
    /// <summary>Reads ahead; the reader is positioned on the start of the delta and does not advance.</summary>
    public static AgentDeltaHead Read(Utf8JsonReader delta)
    {
        var head = default(AgentDeltaHead);
        while (delta.NextProperty())
        {
            if (delta.Is("id"u8))
            {
                head = head with { Id = delta.NextString() };
            }
            else if (delta.Is("role"u8))
            {
                head = head with { Role = delta.NextString() };
            }
            else if (delta.Is("tool_call_id"u8))
            {
                head = head with { ToolCallId = delta.NextString() };
            }
            else
            {
                delta.Skip();
            }
        }

        return head;
    }

    /// <summary>
    /// Whether the delta starts another message: by its id or, where ids are missing, by its role or call id.
    /// </summary>
    public bool StartsAfter(AnswerBuilder current) =>
        (Id is not null && current.Id is not null && Id != current.Id) ||
        (!string.IsNullOrWhiteSpace(Role) && current.Role is { } role && new ChatRole(Role) != role) ||
        (ToolCallId is not null && current.ToolCallId is not null && ToolCallId != current.ToolCallId);
}
