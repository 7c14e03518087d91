using System.Buffers;
using System.Text;
using System.Text.Json;
using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.OpenAI.Errors;
using Connectors.Databricks.AspNetCore.OpenAI.Replies;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Chat;

/// <summary>
/// Writes a stream as chat-completion chunks. What all chunks share is written once into bytes, so that a chunk of text costs
/// two copies and one escaped string.
/// </summary>
internal sealed class ChatChunks(IBufferWriter<byte> output, ChatCompletionRequest request, DateTimeOffset now) : IReplyStream, IDisposable
{
    private readonly Utf8JsonWriter _writer = new(output, JsonReply.WriterOptions);
    private readonly StringBuilder _thought = new();
    private byte[] _head = [];
    private ReplyText _joined;
    private ChatFinishReason? _finishReason;
    private UsageDetails? _usage;
    private int _calls;

    public void Write(ChatResponseUpdate update)
    {
        if (_head.Length == 0)
        {
            Begin(update);
        }

        _finishReason = update.FinishReason ?? _finishReason;
        if (update.Role is { } role && role != ChatRole.Assistant)
        {
            return;
        }

        for (var i = 0; i < update.Contents.Count; i++)
        {
            Write(update, update.Contents[i]);
        }

        if (update.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.LogProbs, out var value) is true &&
            value is JsonElement logProbs)
        {
            output.Write(_head);
            output.Write("},\"logprobs\":"u8);
            _writer.Reset();
            logProbs.WriteTo(_writer);
            _writer.Flush();
            output.Write(",\"finish_reason\":null}]}\n\n"u8);
        }
    }

    private void Begin(ChatResponseUpdate first)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, JsonReply.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, ReplyIds.OrNew(first.ResponseId, "chatcmpl-"));
            writer.WriteString("object"u8, "chat.completion.chunk"u8);
            writer.WriteNumber("created"u8, (first.CreatedAt ?? now).ToUnixTimeSeconds());
            writer.WriteString("model"u8, request.Model);
        }

        _head = [.. "data: "u8, .. buffer.WrittenSpan, .. ",\"choices\":[{\"index\":0,\"delta\":{"u8];
        output.Write(_head);
        output.Write("\"role\":\"assistant\",\"content\":\"\""u8);
        output.Write(Tail);
    }

    private static ReadOnlySpan<byte> Tail => "},\"logprobs\":null,\"finish_reason\":null}]}\n\n"u8;

    private void Write(ChatResponseUpdate update, AIContent content)
    {
        switch (content)
        {
            case TextReasoningContent thought:
                WriteThought(thought);
                break;
            case TextContent text:
                WriteText(update, text);
                break;
            case ErrorContent error:
                WriteString("\"refusal\":"u8, error.Message);
                break;
            case FunctionCallContent call when ReplyText.IsForClient(call):
                WriteDelta("\"tool_calls\":["u8, call, (writer, call) => ToolCallToJson.Write(writer, call, _calls++));
                break;
            case UsageContent usage:
                _usage = usage.Details;
                break;
        }
    }

    private void WriteText(ChatResponseUpdate update, TextContent text)
    {
        if (_joined.StartsNext(update.MessageId, text.Text))
        {
            WriteString("\"content\":"u8, ReplyText.Separator);
        }

        if (text.Text.Length > 0)
        {
            WriteString("\"content\":"u8, text.Text);
        }

        if (AnnotationsToJson.HasAny(text))
        {
            WriteDelta("\"annotations\":["u8, text, static (writer, text) => AnnotationsToJson.WriteItems(writer, text, isNested: true, 0));
        }
    }

    private void WriteThought(TextReasoningContent thought)
    {
        if (thought.Text.Length > 0)
        {
            WriteString("\"reasoning_content\":"u8, thought.Text);
            _thought.Append(thought.Text);
        }

        if (thought.ProtectedData is { } data)
        {
            WriteDelta("\"reasoning_details\":["u8, data, (writer, data) => ReasoningDetails.WriteItem(writer, _thought.ToString(), data));
            _thought.Clear();
        }
    }

    private void WriteString(ReadOnlySpan<byte> name, string text)
    {
        output.Write(_head);
        output.Write(name);
        _writer.Reset();
        _writer.WriteStringValue(text);
        _writer.Flush();
        output.Write(Tail);
    }

    private void WriteDelta<T>(ReadOnlySpan<byte> name, T value, Action<Utf8JsonWriter, T> write)
    {
        output.Write(_head);
        output.Write(name);
        _writer.Reset();
        write(_writer, value);
        _writer.Flush();
        output.Write("]"u8);
        output.Write(Tail);
    }

    public void End()
    {
        if (_head.Length == 0)
        {
            Begin(new ChatResponseUpdate());
        }

        output.Write(_head);
        output.Write("},\"logprobs\":null,\"finish_reason\":\""u8);
        output.Write(Encoding.ASCII.GetBytes(FinishReasons.OfChat(_finishReason, _calls > 0)));
        output.Write("\"}]}\n\n"u8);
        if (request.IncludesUsage && _usage is { } usage)
        {
            output.Write(_head.AsSpan()[..^ChoicesLength]);
            output.Write(",\"choices\":[],"u8);
            _writer.Reset();
            ChatUsageToJson.Write(_writer, usage);
            _writer.Flush();
            output.Write("}\n\n"u8);
        }

        output.Write("data: [DONE]\n\n"u8);
    }

    private static int ChoicesLength => ",\"choices\":[{\"index\":0,\"delta\":{"u8.Length;

    public void Fail(RequestError error)
    {
        output.Write("data: {\"error\":"u8);
        _writer.Reset();
        OpenAIErrorToJson.Write(_writer, error);
        _writer.Flush();
        output.Write("}\n\n"u8);
    }

    public void Dispose() => _writer.Dispose();
}
