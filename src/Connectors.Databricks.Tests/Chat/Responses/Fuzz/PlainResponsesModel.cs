using System.Globalization;
using System.Text;
using System.Text.Json;
using Connectors.Databricks.Tests.Chat.Fuzz;

namespace Connectors.Databricks.Tests.Chat.Responses.Fuzz;

/// <summary>
/// A second reader of Responses streams, as plain as can be: whole documents, lists that are searched from the end. It knows what a stream
/// says, and whether it is whole, and shares no code with the product.
/// </summary>
internal sealed class PlainResponsesModel
{
    private static readonly string[] Wholes = ["text", "refusal", "arguments"];

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly SortedDictionary<string, long> _usage = new(StringComparer.Ordinal);
    private readonly PlainItems _items = new();
    private bool _isStarted;
    private bool _isEnded;

    /// <summary>What the stream says, or null when it must fail.</summary>
    public static StreamSummary? Read(byte[] stream)
    {
        try
        {
            return new PlainResponsesModel().ReadWhole(stream);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or InvalidDataException)
        {
            return null;
        }
    }

    private StreamSummary ReadWhole(byte[] stream)
    {
        var isDone = PlainStreamModel.Events(stream).Any(IsEndMarker);
        if ((!isDone && !_isEnded) || (!_isStarted && !_items.Any))
        {
            throw new InvalidDataException("The stream is not whole.");
        }

        return new StreamSummary(
            _text.ToString(), _reasoning.ToString(), string.Join(";", _usage.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    private bool IsEndMarker(PlainStreamModel.StreamEvent item)
    {
        if (Encoding.Latin1.GetString(item.Data).Trim(' ') == "[DONE]")
        {
            return true;
        }

        var name = item.Name is null or "message" ? string.Empty : item.Name;
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(item.Data);
        }
        catch (JsonException) when (item.IsPartial || (item is { IsNamed: true, IsError: false } && !Known(Short(name))))
        {
            return false;
        }

        using (document)
        {
            if (item.IsError || !System.Text.Unicode.Utf8.IsValid(item.Data))
            {
                throw new InvalidDataException("An error event, or bytes that are no text.");
            }

            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                ReadEvent(new PlainJson(document.RootElement), name);
            }
        }

        return false;
    }

    private static string Short(string type) =>
        type.StartsWith("response.", StringComparison.Ordinal) ? type["response.".Length..] :
        type.StartsWith("responses.", StringComparison.Ordinal) ? type["responses.".Length..] : $"-{type}";

    private static bool Known(string type) => type is "-error" or "error" or "-function_call_output" or "created" or "in_progress"
        or "queued" or "completed" or "incomplete" or "failed" or "output_item.added" or "output_item.done" or "content_part.done"
        or "reasoning_summary_part.done" or "output_text.annotation.added" || PlainItems.Texts.ContainsKey(type);

    private void ReadEvent(PlainJson json, string name)
    {
        if (json.HasAny("error") || json.HasAny("error_code"))
        {
            throw new InvalidDataException("An error object.");
        }

        var index = json.Index("output_index");
        json.Index("content_index");
        json.Index("summary_index");
        ReadUsage(json);
        var type = Short(json.Name("type") ?? name);
        if (type is "error" or "-error")
        {
            throw new InvalidDataException("An error event.");
        }

        var place = new PlainPlace(index, PlainItems.IdOf(json.Raw("item_id")), json.Index("content_index", "summary_index"));
        if (PlainItems.Texts.TryGetValue(type, out var text))
        {
            ReadText(json, type, text, place);
        }
        else if (type is "output_item.added" or "output_item.done" && json.Object("item") is { } item)
        {
            ReadItem(item, type.EndsWith("done", StringComparison.Ordinal), place);
        }
        else if (type is "content_part.done" or "reasoning_summary_part.done" && json.Object("part") is { } part)
        {
            if (_items.ForWhole(place, type[0] == 'c' ? "?" : "reasoning") is { } owner)
            {
                Say(owner, PlainItems.PartKind(part), place.Part, part.Text("text"));
            }
        }
        else if (type == "output_text.annotation.added" && json.Object("annotation") is not null)
        {
            _items.ForWhole(place, "message");
        }
        else if (type == "-function_call_output")
        {
            ReadItem(json, isDone: true, place);
        }
        else if (type is "created" or "in_progress" or "queued")
        {
            if (_isEnded)
            {
                _items.StartCycle();
            }

            (_isStarted, _isEnded) = (true, false);
            RequireNoError(json, isLast: false);
        }
        else if (type is "completed" or "incomplete" or "failed")
        {
            (_isStarted, _isEnded) = (true, true);
            RequireNoError(json, isLast: true);
            if (type == "failed")
            {
                throw new InvalidDataException("A failed response.");
            }

            ReadFinal(json.Object("response"));
        }
    }

    private void RequireNoError(PlainJson json, bool isLast)
    {
        if (json.Object("response") is { } response)
        {
            ReadUsage(response);
            if (isLast && (response.HasAny("error") || response.HasAny("error_code") || response.Text("status") == "failed"))
            {
                throw new InvalidDataException("A failed response.");
            }
        }
    }

    private void ReadText(PlainJson json, string type, (string Kind, string Item) text, PlainPlace place)
    {
        if (type.EndsWith(".delta", StringComparison.Ordinal))
        {
            if (json.Text("delta") is { } delta)
            {
                Say(_items.ForDelta(place, text.Item), text.Kind, place.Part, delta, isDelta: true);
            }
        }
        else if (text.Kind == "arguments" ? json.Has(Wholes) : json.LastText(Wholes) is not null)
        {
            if (_items.ForWhole(place, text.Item) is { } item && text.Kind != "arguments")
            {
                PlainItems.TakeReasoning(item);
                Say(item, text.Kind, place.Part, json.LastText(Wholes));
            }
        }
    }

    private void Say(PlainItem item, string? kind, int? part, string? text, bool isDelta = false)
    {
        if (kind is null or "arguments")
        {
            return;
        }

        if (isDelta)
        {
            PlainItems.TakeReasoning(item);
        }
        else if (item.Said.Contains((kind, part ?? 0)) || item.Said.Contains((kind, -1)))
        {
            return;
        }

        if (text is { Length: > 0 })
        {
            item.Said.Add((kind, part ?? -1));
            (kind == "text" ? _text : kind == "refusal" ? new StringBuilder() : _reasoning).Append(text);
        }
    }

    private void ReadItem(PlainJson json, bool isDone, PlainPlace place)
    {
        var kind = PlainItems.KindOf(json);
        if (!isDone)
        {
            _items.ForAdded(place, kind, PlainItems.IdOf(json.Raw("id")));
        }
        else if (_items.ForDone(place, kind, PlainItems.IdOf(json.Raw("id")), json.Json) is { } item)
        {
            Complete(item, json, kind);
        }
    }

    private void Complete(PlainItem item, PlainJson json, string kind)
    {
        (item.Kind, item.IsDone, item.Json) = (kind, true, json.Json);
        if (kind is not ("message" or "reasoning"))
        {
            return;
        }

        SayParts(item, json.Value("summary"), _ => "summary");
        var ofText = kind == "reasoning" ? "reasoning" : "text";
        SayParts(item, json.Value("content"), part => part is { } json ? PlainItems.PartKind(json) : ofText);
    }

    private void SayParts(PlainItem item, JsonElement? list, Func<PlainJson?, string?> kind)
    {
        if (list is { ValueKind: JsonValueKind.String } text)
        {
            Say(item, kind(null), 0, text.GetString());
        }

        foreach (var (index, part) in list is { ValueKind: JsonValueKind.Array } parts ? parts.EnumerateArray().Index() : [])
        {
            if (part.ValueKind == JsonValueKind.String)
            {
                Say(item, kind(null), index, part.GetString());
            }
            else if (part.ValueKind == JsonValueKind.Object)
            {
                Say(item, kind(new PlainJson(part)), index, new PlainJson(part).Text("text"));
            }
        }
    }

    private void ReadFinal(PlainJson? response)
    {
        if (response?.Value("output") is not { ValueKind: JsonValueKind.Array } output)
        {
            return;
        }

        PlainJson[] items =
            [.. output.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new PlainJson(item))];
        var matched = _items.Match(items);
        for (var i = 0; i < items.Length; i++)
        {
            var kind = PlainItems.KindOf(items[i]);
            var item = matched[i] ?? _items.NextOf(kind)
                ?? _items.Open(new PlainPlace(null, null, null), kind, PlainItems.IdOf(items[i].Raw("id")));
            if (!item.IsDone)
            {
                Complete(item, items[i], kind);
            }
        }
    }

    private void ReadUsage(PlainJson json)
    {
        foreach (var usage in json.All("usage").Where(value => value.ValueKind == JsonValueKind.Object))
        {
            foreach (var member in usage.EnumerateObject())
            {
                var name = PlainStreamModel.Name(member) switch
                {
                    "prompt_tokens" or "input_tokens" => "prompt_tokens",
                    "completion_tokens" or "output_tokens" => "completion_tokens",
                    _ => null,
                };
                if (name is not null && Count(member.Value) is { } count)
                {
                    _usage[name] = count;
                }
            }
        }
    }

    private static long? Count(JsonElement value) => value.ValueKind != JsonValueKind.Number ? null
        : value.TryGetInt64(out var whole) ? whole
        : value.GetDouble() is >= long.MinValue and < long.MaxValue and var real ? (long)real : null;
}
