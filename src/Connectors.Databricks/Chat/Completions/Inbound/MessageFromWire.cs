using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>Reads a message or a delta, in any of its formats (serving reference §4.3, §5.4).</summary>
internal static class MessageFromWire
{
    /// <summary>Reads the members; the reader is positioned on the start of the object.</summary>
    public static void Read(ref Utf8JsonReader reader, AnswerBuilder answer)
    {
        List<AIAnnotation>? annotations = null;
        while (reader.NextProperty())
        {
            if (reader.Is("content"u8))
            {
                ReadContent(ref reader, answer);
            }
            else if (reader.Is("role"u8))
            {
                answer.Role = RoleFrom(ref reader) ?? answer.Role;
            }
            else if (reader.Is("reasoning_content"u8))
            {
                answer.AddSibling(reader.NextText());
            }
            else if (reader.Is("tool_calls"u8))
            {
                answer.Calls.Read(ref reader);
            }
            else if (reader.Is("function_call"u8))
            {
                answer.Calls.ReadLegacy(ref reader);
            }
            else if (reader.Is("refusal"u8))
            {
                answer.AddRefusal(reader.NextText());
            }
            else if (reader.Is("annotations"u8))
            {
                annotations = CitationsFromWire.Read(ref reader, answer.Items);
            }
            else if (reader.Is("id"u8))
            {
                answer.Id = reader.NextString() ?? answer.Id;
            }
            else if (reader.Is("tool_call_id"u8))
            {
                answer.ToolCallId = reader.NextString() ?? answer.ToolCallId;
            }
            else
            {
                reader.Skip();
            }
        }

        if (annotations is not null)
        {
            answer.Annotate(annotations);
        }
    }

    /// <summary>Reads the role, or null. The reader is positioned on its property name.</summary>
    public static ChatRole? RoleFrom(ref Utf8JsonReader reader)
    {
        reader.Read();

        // The most frequent role must not allocate a string per chunk.
        return !reader.IsOrSkip(JsonTokenType.String) ? null :
            reader.Is("assistant"u8) ? ChatRole.Assistant :
            reader.GetString() is { } role && !string.IsNullOrWhiteSpace(role) ? new ChatRole(role) : null;
    }

    private static void ReadContent(ref Utf8JsonReader reader, AnswerBuilder answer)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                answer.AddText(reader.GetText());
                break;
            case JsonTokenType.StartArray:
                while (reader.NextItem(answer.Items))
                {
                    if (reader.TokenType == JsonTokenType.String)
                    {
                        answer.AddText(reader.GetText());
                    }
                    else if (reader.IsOrSkip(JsonTokenType.StartObject))
                    {
                        ContentPartFromWire.Read(ref reader, answer);
                    }
                }

                break;
            case JsonTokenType.StartObject:
                ContentPartFromWire.Read(ref reader, answer);
                break;
            default:
                reader.Skip();
                break;
        }
    }
}
