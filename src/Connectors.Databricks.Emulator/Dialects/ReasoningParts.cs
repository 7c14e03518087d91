using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;

namespace Connectors.Databricks.Emulator.Dialects;

/// <summary>Content parts of the array dialects (§4.3): a reasoning part with a summary, then a text part.</summary>
internal static class ReasoningParts
{
    public static JsonObject Reasoning(string text, string? signature)
    {
        var summary = new JsonObject { ["type"] = "summary_text", ["text"] = text };
        if (signature is not null)
        {
            summary["signature"] = signature;
        }

        return new JsonObject { ["type"] = "reasoning", ["summary"] = new JsonArray(summary) };
    }

    public static JsonObject Encrypted(string data) => new()
    {
        ["type"] = "reasoning",
        ["summary"] = new JsonArray(new JsonObject { ["type"] = "summary_encrypted_text", ["data"] = data }),
    };

    public static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    /// <summary>A whole response as an array of reasoning, encrypted reasoning and text, in this order.</summary>
    public static JsonArray Content(ChatAnswer answer, string? signature)
    {
        JsonArray parts = [];
        if (answer.Reasoning is not null)
        {
            parts.Add((JsonNode)Reasoning(answer.Reasoning, signature));
        }

        if (answer.EncryptedReasoning is not null)
        {
            parts.Add((JsonNode)Encrypted(answer.EncryptedReasoning));
        }

        if ((answer.Text ?? answer.Refusal) is string text)
        {
            parts.Add((JsonNode)Text(text));
        }

        return parts;
    }

    public static JsonObject Delta(JsonObject part) => new() { ["role"] = "assistant", ["content"] = new JsonArray(part) };
}
