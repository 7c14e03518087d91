using System.Text;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>A scripted stream of chat completion chunks as a stream of Responses events; other lines are sent as they are.</summary>
internal sealed class ResponsesStreamReply
{
    private const string Prefix = "data: ";

    private readonly StringBuilder _events = new();
    private readonly StringBuilder _text = new();
    private readonly SortedDictionary<int, (JsonObject Item, StringBuilder Arguments)> _calls = [];
    private JsonObject _source = [];
    private JsonNode? _usage;
    private string? _finishReason;
    private bool _isEnded;

    private ResponsesStreamReply()
    {
    }

    public static string Of(string body)
    {
        var stream = new ResponsesStreamReply();
        foreach (var line in body.Split("\n\n"))
        {
            stream.Add(line, isWhole: line.Length < body.Length - body.LastIndexOf(line, StringComparison.Ordinal));
        }

        // A chat completion is complete once it has its finish reason.
        if (stream._finishReason is not null)
        {
            stream.End();
        }

        return stream._events.ToString();
    }

    private void Add(string line, bool isWhole)
    {
        if (line.StartsWith(Prefix, StringComparison.Ordinal) && ResponsesReply.Parse(line[Prefix.Length..]) is JsonObject chunk &&
            chunk["choices"] is JsonArray choices)
        {
            Add(chunk, choices);
            return;
        }

        if (line == $"{Prefix}[DONE]")
        {
            End();
        }

        _events.Append(line).Append(isWhole ? "\n\n" : string.Empty);
    }

    private void Add(JsonObject chunk, JsonArray choices)
    {
        if (_source.Count == 0)
        {
            Send("response.created", new JsonObject { ["response"] = new JsonObject { ["id"] = chunk["id"]?.DeepClone() } });
        }

        _source = chunk;
        _usage = chunk["usage"] ?? _usage;
        foreach (var choice in choices)
        {
            _finishReason = (string?)choice!["finish_reason"] ?? _finishReason;
            if ((string?)choice["delta"]?["content"] is { Length: > 0 } text)
            {
                _text.Append(text);
                Send("response.output_text.delta", new JsonObject { ["delta"] = text, ["output_index"] = 0, ["item_id"] = "msg_0" });
            }

            foreach (var piece in choice["delta"]?["tool_calls"] as JsonArray ?? [])
            {
                AddCall((int)piece!["index"]!, piece);
            }
        }
    }

    private void AddCall(int index, JsonNode piece)
    {
        if (!_calls.TryGetValue(index, out var call))
        {
            call = (ResponsesReply.Call(index, piece), new StringBuilder());
            call.Item["arguments"] = string.Empty;
            _calls[index] = call;
            Send("response.output_item.added", new JsonObject { ["item"] = call.Item.DeepClone(), ["output_index"] = index + 1 });
        }

        var arguments = (string?)piece["function"]!["arguments"] ?? string.Empty;
        call.Arguments.Append(arguments);
        Send("response.function_call_arguments.delta", new JsonObject
        {
            ["delta"] = arguments,
            ["output_index"] = index + 1,
            ["item_id"] = call.Item["id"]!.DeepClone(),
        });
    }

    private void End()
    {
        if (_isEnded)
        {
            return;
        }

        _isEnded = true;
        var output = new JsonArray();
        if (_text.Length > 0)
        {
            output.Add(ResponsesReply.Message("msg_0", [ResponsesReply.Text(_text.ToString())]));
        }

        foreach (var (item, arguments) in _calls.Values)
        {
            item["arguments"] = arguments.ToString();
            output.Add(item.DeepClone());
        }

        foreach (var (index, item) in output.Index())
        {
            Send("response.output_item.done", new JsonObject
            {
                ["item"] = item!.DeepClone(),
                ["output_index"] = index + (_text.Length > 0 ? 0 : 1),
            });
        }

        var response = ResponsesReply.Response(_source, output, _finishReason, _usage);
        var type = (string?)response["status"] == "incomplete" ? "response.incomplete" : "response.completed";
        Send(type, new JsonObject { ["response"] = response });
    }

    private void Send(string type, JsonObject data)
    {
        data["type"] = type;
        _events.Append("event: ").Append(type).Append('\n').Append(Prefix).Append(data.ToJsonString()).Append("\n\n");
    }
}
