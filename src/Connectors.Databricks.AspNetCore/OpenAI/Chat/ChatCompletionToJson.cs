using System.Text.Json;
using Connectors.Databricks.AspNetCore.OpenAI.Replies;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Chat;

/// <summary>Writes a response as a chat completion.</summary>
/// <param name="Response">The response.</param>
/// <param name="Model">The endpoint, by the name that the client uses.</param>
/// <param name="Now">The time, for responses without one.</param>
internal sealed record ChatCompletionToJson(ChatResponse Response, string Model, DateTimeOffset Now)
{
    public static void Write(Utf8JsonWriter writer, ChatCompletionToJson completion) => completion.Write(writer);

    private void Write(Utf8JsonWriter writer)
    {
        var answer = new ChatAnswer(Response);
        writer.WriteStartObject();
        writer.WriteString("id"u8, ReplyIds.OrNew(Response.ResponseId, "chatcmpl-"));
        writer.WriteString("object"u8, "chat.completion"u8);
        writer.WriteNumber("created"u8, (Response.CreatedAt ?? Now).ToUnixTimeSeconds());
        writer.WriteString("model"u8, Model);
        if (Response.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.SystemFingerprint, out var value) is true &&
            value is string fingerprint)
        {
            writer.WriteString("system_fingerprint"u8, fingerprint);
        }

        writer.WriteStartArray("choices"u8);
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, 0);
        WriteMessage(writer, answer);
        writer.WritePropertyName("logprobs"u8);
        if (answer.LogProbs is { } logProbs)
        {
            logProbs.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteString("finish_reason"u8, FinishReasons.OfChat(Response.FinishReason, answer.Calls.Count > 0));
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (Response.Usage is { } usage)
        {
            // Left out when it is unknown: clients fail on null.
            ChatUsageToJson.Write(writer, usage);
        }

        writer.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter writer, ChatAnswer answer)
    {
        writer.WriteStartObject("message"u8);
        writer.WriteString("role"u8, "assistant"u8);
        writer.WriteString("content"u8, answer.Text);
        writer.WriteString("refusal"u8, answer.Refusal);
        if (answer.Reasoning is { } reasoning)
        {
            writer.WriteString("reasoning_content"u8, reasoning);
        }

        if (answer.ProtectedReasoning.Count > 0)
        {
            writer.WriteStartArray(ReasoningDetails.Name);
            answer.ProtectedReasoning.ForEach(thought => ReasoningDetails.WriteItem(writer, thought.Text, thought.ProtectedData));
            writer.WriteEndArray();
        }

        if (answer.Calls.Count > 0)
        {
            writer.WriteStartArray("tool_calls"u8);
            answer.Calls.ForEach(call => ToolCallToJson.Write(writer, call, index: null));
            writer.WriteEndArray();
        }

        if (answer.Citing.Count > 0)
        {
            writer.WriteStartArray("annotations"u8);
            answer.Citing.ForEach(citing => AnnotationsToJson.WriteItems(writer, citing.Text, isNested: true, citing.Start));
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
