using System.Buffers;
using System.Text;
using System.Text.Json;
using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Connectors.Databricks.AspNetCore.OpenAI.Replies;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Responses;

/// <summary>Writes a stream as events of the Responses API, numbered from 0.</summary>
internal sealed class ResponseEvents : IReplyStream, IOutputListener, IDisposable
{
    private readonly IBufferWriter<byte> _output;
    private readonly ResponsesRequest _request;
    private readonly DateTimeOffset _now;
    private readonly Utf8JsonWriter _writer;
    private readonly OutputItems _items;
    private ResponseToJson? _response;
    private ChatFinishReason? _finishReason;
    private UsageDetails? _usage;
    private long _sequence;

    public ResponseEvents(IBufferWriter<byte> output, ResponsesRequest request, DateTimeOffset now)
    {
        (_output, _request, _now) = (output, request, now);
        _writer = new Utf8JsonWriter(output, JsonReply.WriterOptions);
        _items = new OutputItems(this);
    }

    public void Write(ChatResponseUpdate update)
    {
        Begin(update.ResponseId, update.CreatedAt);
        _finishReason = update.FinishReason ?? _finishReason;
        if (update.Role is { } role && role != ChatRole.Assistant)
        {
            return;
        }

        for (var i = 0; i < update.Contents.Count; i++)
        {
            if (update.Contents[i] is UsageContent usage)
            {
                _usage = usage.Details;
            }
            else
            {
                _items.Add(update.MessageId, update.Contents[i]);
            }
        }
    }

    private ResponseToJson Begin(string? id, DateTimeOffset? createdAt)
    {
        if (_response is null)
        {
            _response = new ResponseToJson(_request, ReplyIds.OrNew(id, "resp_"), createdAt ?? _now);
            WriteResponse("response.created", ResponseToJson.InProgress);
            WriteResponse("response.in_progress", ResponseToJson.InProgress);
        }

        return _response;
    }

    public void Added(OutputItem item, int index)
    {
        Start("response.output_item.added");
        _writer.WriteNumber("output_index"u8, index);
        _writer.WritePropertyName("item"u8);
        item.Write(_writer, isDone: false);
        Finish();
        if (item.Kind != OutputItemKind.FunctionCall)
        {
            Start(item.Kind == OutputItemKind.Reasoning ? "response.reasoning_summary_part.added" : "response.content_part.added");
            WritePlace(item, index);
            _writer.WritePropertyName("part"u8);
            item.WritePart(_writer, isDone: false);
            Finish();
        }
    }

    public void Grew(OutputItem item, int index, string delta)
    {
        Start(item.Kind switch
        {
            OutputItemKind.Message => "response.output_text.delta",
            OutputItemKind.Refusal => "response.refusal.delta",
            OutputItemKind.Reasoning => "response.reasoning_summary_text.delta",
            _ => "response.function_call_arguments.delta",
        });
        WritePlace(item, index);
        _writer.WriteString("delta"u8, delta);
        WriteLogProbs(item);
        Finish();
    }

    public void Done(OutputItem item, int index)
    {
        var (type, member) = item.Kind switch
        {
            OutputItemKind.Message => ("response.output_text.done", "text"),
            OutputItemKind.Refusal => ("response.refusal.done", "refusal"),
            OutputItemKind.Reasoning => ("response.reasoning_summary_text.done", "text"),
            _ => ("response.function_call_arguments.done", "arguments"),
        };
        Start(type);
        WritePlace(item, index);
        _writer.WriteString(member, item.Text);
        if (item.Call is { } call)
        {
            _writer.WriteString("name"u8, call.Name);
        }

        WriteLogProbs(item);
        Finish();
        if (item.Kind != OutputItemKind.FunctionCall)
        {
            Start(item.Kind == OutputItemKind.Reasoning ? "response.reasoning_summary_part.done" : "response.content_part.done");
            WritePlace(item, index);
            _writer.WritePropertyName("part"u8);
            item.WritePart(_writer, isDone: true);
            Finish();
        }

        Start("response.output_item.done");
        _writer.WriteNumber("output_index"u8, index);
        _writer.WritePropertyName("item"u8);
        item.Write(_writer, isDone: true);
        Finish();
    }

    private void WritePlace(OutputItem item, int index)
    {
        _writer.WriteString("item_id"u8, item.Id);
        _writer.WriteNumber("output_index"u8, index);
        if (item.Kind == OutputItemKind.Reasoning)
        {
            _writer.WriteNumber("summary_index"u8, 0);
        }
        else if (item.Kind != OutputItemKind.FunctionCall)
        {
            _writer.WriteNumber("content_index"u8, 0);
        }
    }

    private void WriteLogProbs(OutputItem item)
    {
        if (item.Kind == OutputItemKind.Message)
        {
            _writer.WriteStartArray("logprobs"u8);
            _writer.WriteEndArray();
        }
    }

    public void End()
    {
        Begin(null, null);
        _items.Close();
        var status = ResponseToJson.StatusOf(_finishReason);
        WriteResponse($"response.{status}", status);
    }

    public void Fail(RequestError error)
    {
        Begin(null, null);
        Start("error");
        _writer.WriteString("code"u8, error.Code);
        _writer.WriteString("message"u8, error.Message);
        _writer.WriteString("param"u8, error.Param);
        Finish();
        WriteResponse("response.failed", "failed", error);
    }

    private void WriteResponse(string type, string status, RequestError? error = null)
    {
        Start(type);
        _writer.WritePropertyName("response"u8);
        _response!.Write(_writer, status, _finishReason, _items.Items, _usage, error);
        Finish();
    }

    private void Start(string type)
    {
        _output.Write("event: "u8);
        Encoding.ASCII.GetBytes(type, _output);
        _output.Write("\ndata: "u8);
        _writer.Reset();
        _writer.WriteStartObject();
        _writer.WriteString("type"u8, type);
        _writer.WriteNumber("sequence_number"u8, _sequence++);
    }

    private void Finish()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        _output.Write("\n\n"u8);
    }

    public void Dispose() => _writer.Dispose();
}
