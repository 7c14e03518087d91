using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>Writes reasoning parts unchanged, because the service verifies their signatures (serving reference §3.9).</summary>
internal static class ReasoningToWire
{
    /// <summary>Writes the part that starts at an index, with all its items.</summary>
    /// <returns>The index of the last content that was written.</returns>
    public static int Write(Utf8JsonWriter writer, IReadOnlyList<AIContent> contents, int index)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "reasoning"u8);
        writer.WriteStartArray("summary"u8);
        var seal = SealOf(contents[index])!.Value;
        while (true)
        {
            WriteItem(writer, (TextReasoningContent)contents[index], seal);
            if (index + 1 == contents.Count || SealOf(contents[index + 1]) is not { IsContinuation: true } next)
            {
                break;
            }

            seal = next;
            index++;
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        return index;
    }

    private static ProtectedReasoning? SealOf(AIContent content) =>
        content is TextReasoningContent reasoning ? ProtectedReasoning.Read(reasoning.ProtectedData) : null;

    private static void WriteItem(Utf8JsonWriter writer, TextReasoningContent reasoning, ProtectedReasoning seal)
    {
        writer.WriteStartObject();
        if (seal.Kind == ReasoningKind.Encrypted)
        {
            writer.WriteString("type"u8, "summary_encrypted_text"u8);
            writer.WriteString("data"u8, seal.Data);
        }
        else
        {
            writer.WriteString("type"u8, "summary_text"u8);
            writer.WriteString("text"u8, reasoning.Text);
            if (seal.Kind == ReasoningKind.Signed)
            {
                writer.WriteString("signature"u8, seal.Data);
            }
        }

        writer.WriteEndObject();
    }
}
