using System.Text;
using System.Text.Json;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.OpenAI.Chat;
using Connectors.Databricks.AspNetCore.OpenAI.Replies;
using Connectors.Databricks.AspNetCore.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Responses;

/// <summary>One output item: a message, reasoning, or a function call.</summary>
internal sealed class OutputItem
{
    private readonly StringBuilder _text = new();

    private OutputItem(OutputItemKind kind, string prefix) => (Kind, Id) = (kind, ReplyIds.New(prefix));

    public OutputItemKind Kind { get; }

    public string Id { get; }

    /// <summary>The message of the connector that a message item belongs to.</summary>
    public string? MessageId { get; init; }

    public FunctionCallContent? Call { get; init; }

    /// <summary>The reasoning as its model takes it back.</summary>
    public string? ProtectedData { get; set; }

    public string Text => _text.ToString();

    private List<(TextContent Text, int Start)> Citing { get; } = [];

    public static OutputItem Message(string? messageId) => new(OutputItemKind.Message, "msg_") { MessageId = messageId };

    public static OutputItem Refusal() => new(OutputItemKind.Refusal, "msg_");

    public static OutputItem Reasoning() => new(OutputItemKind.Reasoning, "rs_");

    public static OutputItem FunctionCall(FunctionCallContent call)
    {
        var item = new OutputItem(OutputItemKind.FunctionCall, "fc_") { Call = call };
        item._text.Append(ToolArguments.Of(call));
        return item;
    }

    public void Append(string text) => _text.Append(text);

    public void Append(TextContent text)
    {
        if (AnnotationsToJson.HasAny(text))
        {
            Citing.Add((text, _text.Length));
        }

        _text.Append(text.Text);
    }

    /// <param name="writer">The writer.</param>
    /// <param name="isDone">Whether the item is complete; the event that opens it has no content.</param>
    public void Write(Utf8JsonWriter writer, bool isDone)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        switch (Kind)
        {
            case OutputItemKind.FunctionCall:
                WriteCall(writer, isDone);
                break;
            case OutputItemKind.Reasoning:
                WriteReasoning(writer, isDone);
                break;
            default:
                writer.WriteString("type"u8, "message"u8);
                writer.WriteString("status"u8, isDone ? "completed"u8 : "in_progress"u8);
                writer.WriteString("role"u8, "assistant"u8);
                writer.WriteStartArray("content"u8);
                if (isDone)
                {
                    WritePart(writer, isDone: true);
                }

                writer.WriteEndArray();
                break;
        }

        writer.WriteEndObject();
    }

    private void WriteCall(Utf8JsonWriter writer, bool isDone)
    {
        writer.WriteString("type"u8, "function_call"u8);
        writer.WriteString("status"u8, isDone ? "completed"u8 : "in_progress"u8);
        writer.WriteString("call_id"u8, Call!.CallId);
        writer.WriteString("name"u8, Call.Name);
        writer.WriteString("arguments"u8, isDone ? Text : string.Empty);
        if (ToolArguments.Extra(Call, ToolCallFromJson.ExtraContent) is { } extra)
        {
            writer.WritePropertyName(ToolCallFromJson.ExtraContent);
            extra.WriteTo(writer);
        }
    }

    private void WriteReasoning(Utf8JsonWriter writer, bool isDone)
    {
        writer.WriteString("type"u8, "reasoning"u8);
        writer.WriteStartArray("summary"u8);
        if (isDone && _text.Length > 0)
        {
            WritePart(writer, isDone: true);
        }

        writer.WriteEndArray();
        if (isDone && ProtectedData is not null)
        {
            writer.WriteString("encrypted_content"u8, ProtectedData);
        }
    }

    /// <summary>Writes the part of the item: a text, a refusal, or a part of a summary.</summary>
    public void WritePart(Utf8JsonWriter writer, bool isDone)
    {
        writer.WriteStartObject();
        var text = isDone ? Text : string.Empty;
        switch (Kind)
        {
            case OutputItemKind.Refusal:
                writer.WriteString("type"u8, "refusal"u8);
                writer.WriteString("refusal"u8, text);
                break;
            case OutputItemKind.Reasoning:
                writer.WriteString("type"u8, "summary_text"u8);
                writer.WriteString("text"u8, text);
                break;
            default:
                writer.WriteString("type"u8, "output_text"u8);
                writer.WriteString("text"u8, text);
                writer.WriteStartArray("annotations"u8);
                if (isDone)
                {
                    Citing.ForEach(citing => AnnotationsToJson.WriteItems(writer, citing.Text, isNested: false, citing.Start));
                }

                writer.WriteEndArray();
                writer.WriteStartArray("logprobs"u8);
                writer.WriteEndArray();
                break;
        }

        writer.WriteEndObject();
    }
}
