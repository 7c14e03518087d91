using System.Text.Json;
using Connectors.Databricks.AspNetCore.Errors;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Responses;

/// <summary>Writes the response object, which also the first and the last event of a stream carry.</summary>
/// <param name="request">The request.</param>
/// <param name="id">The id of the response.</param>
/// <param name="createdAt">The time of its creation.</param>
internal sealed class ResponseToJson(ResponsesRequest request, string id, DateTimeOffset createdAt)
{
    public const string InProgress = "in_progress";

    public static string StatusOf(ChatFinishReason? reason) =>
        reason == ChatFinishReason.Length || reason == ChatFinishReason.ContentFilter ? "incomplete" : "completed";

    /// <param name="writer">The writer.</param>
    /// <param name="status">The status.</param>
    /// <param name="reason">The finish reason.</param>
    /// <param name="output">The items.</param>
    /// <param name="usage">The token usage; null until it is known.</param>
    /// <param name="error">The error of a failed response.</param>
    public void Write(
        Utf8JsonWriter writer, string status, ChatFinishReason? reason, IEnumerable<OutputItem> output, UsageDetails? usage,
        RequestError? error = null)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, id);
        writer.WriteString("object"u8, "response"u8);
        writer.WriteNumber("created_at"u8, createdAt.ToUnixTimeSeconds());
        writer.WriteString("status"u8, status);
        WriteError(writer, error);
        WriteIncomplete(writer, status, reason);
        writer.WriteString("model"u8, request.Model);
        writer.WriteStartArray("output"u8);
        foreach (var item in output)
        {
            item.Write(writer, isDone: true);
        }

        writer.WriteEndArray();
        WriteRequest(writer);
        WriteUsage(writer, usage);
        writer.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter writer, RequestError? error)
    {
        writer.WritePropertyName("error"u8);
        if (error is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("code"u8, error.Code);
        writer.WriteString("message"u8, error.Message);
        writer.WriteEndObject();
    }

    private static void WriteIncomplete(Utf8JsonWriter writer, string status, ChatFinishReason? reason)
    {
        writer.WritePropertyName("incomplete_details"u8);
        if (status != "incomplete")
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("reason"u8, reason == ChatFinishReason.Length ? "max_output_tokens"u8 : "content_filter"u8);
        writer.WriteEndObject();
    }

    // As OpenAI does, the response repeats the parameters; those that are not set have the default of the API.
    private void WriteRequest(Utf8JsonWriter writer)
    {
        Repeat(writer, "instructions", "null"u8);
        Repeat(writer, "max_output_tokens", "null"u8);
        Repeat(writer, "metadata", "{}"u8);
        Repeat(writer, "parallel_tool_calls", "true"u8);
        writer.WriteNull("previous_response_id"u8);
        Repeat(writer, "reasoning", """{"effort":null,"summary":null}"""u8);
        writer.WriteBoolean("store"u8, false);
        Repeat(writer, "temperature", "1"u8);
        Repeat(writer, "text", """{"format":{"type":"text"}}"""u8);
        Repeat(writer, "tool_choice", "\"auto\""u8);
        Repeat(writer, "tools", "[]"u8);
        Repeat(writer, "top_p", "1"u8);
        writer.WriteString("truncation"u8, "disabled"u8);
    }

    private void Repeat(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> otherwise)
    {
        writer.WritePropertyName(name);
        if (request.Body.Find(name) is { } value)
        {
            value.Element.WriteTo(writer);
        }
        else
        {
            writer.WriteRawValue(otherwise);
        }
    }

    private static void WriteUsage(Utf8JsonWriter writer, UsageDetails? usage)
    {
        if (usage is null)
        {
            // Left out when it is unknown: clients fail on null.
            return;
        }

        var input = usage.InputTokenCount ?? 0;
        var output = usage.OutputTokenCount ?? 0;
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("input_tokens"u8, input);
        writer.WriteStartObject("input_tokens_details"u8);
        writer.WriteNumber("cached_tokens"u8, usage.CachedInputTokenCount ?? 0);
        writer.WriteEndObject();
        writer.WriteNumber("output_tokens"u8, output);
        writer.WriteStartObject("output_tokens_details"u8);
        writer.WriteNumber("reasoning_tokens"u8, usage.ReasoningTokenCount ?? 0);
        writer.WriteEndObject();
        writer.WriteNumber("total_tokens"u8, usage.TotalTokenCount ?? input + output);
        writer.WriteEndObject();
    }
}
