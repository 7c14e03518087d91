using System.Text.Json;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Inbound;

/// <summary>Reads a message or a delta, in whichever dialect it comes (serving reference §4.3, §5.4).</summary>
internal static class MessageFromWire
{
    /// <summary>Reads the members; the reader stands on the start of the object.</summary>
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
                ReadRole(ref reader, answer);
            }
            else if (reader.Is("reasoning_content"u8))
            {
                answer.AddSibling(reader.NextString());
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
                answer.AddRefusal(reader.NextString());
            }
            else if (reader.Is("annotations"u8))
            {
                annotations = CitationsFromWire.Read(ref reader);
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

    // The usual role must not cost a string per chunk.
    private static void ReadRole(ref Utf8JsonReader reader, AnswerBuilder answer)
    {
        reader.Read();
        if (!reader.IsOrSkip(JsonTokenType.String))
        {
            return;
        }

        if (reader.Is("assistant"u8))
        {
            answer.Role = ChatRole.Assistant;
        }
        else if (reader.GetString() is { } role && !string.IsNullOrWhiteSpace(role))
        {
            answer.Role = new ChatRole(role);
        }
    }

    private static void ReadContent(ref Utf8JsonReader reader, AnswerBuilder answer)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                answer.AddText(reader.GetString());
                break;
            case JsonTokenType.StartArray:
                while (reader.NextItem())
                {
                    if (reader.TokenType == JsonTokenType.String)
                    {
                        answer.AddText(reader.GetString());
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
