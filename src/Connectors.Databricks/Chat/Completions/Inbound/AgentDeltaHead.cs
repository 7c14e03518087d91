using System.Text.Json;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>What a delta of an agent says about the message that it belongs to.</summary>
internal readonly record struct AgentDeltaHead(string? Id, string? Role, string? ToolCallId)
{
    /// <summary>Looks ahead; the reader stands on the start of the delta and is not moved.</summary>
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
    /// Whether the delta starts another message: by its id or, where ids are missing, by its role or the call it answers.
    /// </summary>
    public bool StartsAfter(AnswerBuilder current) =>
        (Id is not null && current.Id is not null && Id != current.Id) ||
        (!string.IsNullOrWhiteSpace(Role) && current.Role is { } role && new ChatRole(Role) != role) ||
        (ToolCallId is not null && current.ToolCallId is not null && ToolCallId != current.ToolCallId);
}
