using System.Text.Json;

namespace Connectors.Databricks.Tests.Chat.Responses.Fuzz;

/// <summary>Where an event belongs: the index and the id of its item, and the index of its part.</summary>
internal readonly record struct PlainPlace(int? Index, string? Id, int? Part);

internal sealed class PlainItem
{
    public string Kind { get; set; } = "?";

    public int? Index { get; init; }

    public string? Id { get; init; }

    public bool MayBeMessage { get; set; }

    public bool IsDone { get; set; }

    public string? Json { get; set; }

    public HashSet<(string Kind, int Part)> Said { get; } = [];
}

/// <summary>The items of a stream, by the rules of architecture.md: by index, else by id, else the last one that is open.</summary>
internal sealed class PlainItems
{
    /// <summary>Events with texts: what the text is, and the items that have them; "?" is a message or reasoning.</summary>
    public static readonly Dictionary<string, (string Kind, string Item)> Texts = new(StringComparer.Ordinal)
    {
        ["output_text.delta"] = ("text", "message"),
        ["output_text.done"] = ("text", "message"),
        ["refusal.delta"] = ("refusal", "message"),
        ["refusal.done"] = ("refusal", "message"),
        ["reasoning_text.delta"] = ("reasoning", "?"),
        ["reasoning_text.done"] = ("reasoning", "?"),
        ["reasoning.delta"] = ("reasoning", "?"),
        ["reasoning.done"] = ("reasoning", "?"),
        ["reasoning_summary_text.delta"] = ("summary", "reasoning"),
        ["reasoning_summary_text.done"] = ("summary", "reasoning"),
        ["function_call_arguments.delta"] = ("arguments", "function_call"),
        ["function_call_arguments.done"] = ("arguments", "function_call"),
    };

    private readonly Dictionary<int, PlainItem> _byIndex = [];
    private readonly Dictionary<string, PlainItem> _byId = new(StringComparer.Ordinal);
    private readonly List<PlainItem> _cycle = [];
    private PlainItem? _current;
    private List<PlainItem> _unmatched = [];

    public bool Any { get; private set; }

    public void StartCycle()
    {
        _byIndex.Clear();
        _byId.Clear();
        _cycle.Clear();
        _current = null;
    }

    public static string? IdOf(string? raw) => raw is ['"', ..] and not "\"\"" && !raw.StartsWith("\"__fake_id", StringComparison.Ordinal)
        ? raw[1..^1] : null;

    public static string KindOf(PlainJson item)
    {
        if (item.Text("type") is not { } type)
        {
            return item.Value("content") is null ? "other" : "message";
        }

        return type is "message" or "reasoning" or "function_call" or "function_call_output" or "mcp_approval_request"
            or "image_generation_call" ? type : "other";
    }

    public static string? PartKind(PlainJson part) => part.Text("type") switch
    {
        "output_text" or "text" or "input_text" => "text",
        "reasoning_text" or "reasoning" => "reasoning",
        "summary_text" => "summary",
        "refusal" => "refusal",
        _ => null,
    };

    /// <summary>A text of an item that nothing else is known of is reasoning.</summary>
    public static void TakeReasoning(PlainItem item)
    {
        if (item.Kind == "?")
        {
            (item.Kind, item.MayBeMessage) = ("reasoning", true);
        }
    }

    public PlainItem ForDelta(PlainPlace place, string kind) =>
        Current(place, kind) ?? (Find(place, kind) is { IsDone: false } open ? open : Open(place, kind, place.Id));

    public PlainItem? ForWhole(PlainPlace place, string kind)
    {
        var found = Current(place, kind) ?? Find(place, kind);
        return found is { IsDone: true } ? null : found ?? Open(place, kind, place.Id);
    }

    public void ForAdded(PlainPlace place, string kind, string? id)
    {
        place = place with { Id = id ?? place.Id };
        if (Find(place, kind) is not { IsDone: false })
        {
            Open(place, kind, place.Id);
        }
    }

    public PlainItem? ForDone(PlainPlace place, string kind, string? id, string json)
    {
        place = place with { Id = id ?? place.Id };
        var found = Current(place, kind) ?? Find(place, kind);
        return found is null || (found.IsDone && found.Json != json) ? Open(place, kind, place.Id) : found.IsDone ? null : found;
    }

    public PlainItem Open(PlainPlace place, string kind, string? id)
    {
        Any = true;
        _current = new PlainItem { Kind = kind, Index = place.Index, Id = id };
        _cycle.Add(_current);
        if (place.Index is { } index && !(_byIndex.TryGetValue(index, out var known) && !known.IsDone && known.Kind != kind))
        {
            _byIndex[index] = _current;
        }

        if (id is not null && !(_byId.TryGetValue(id, out known) && !known.IsDone))
        {
            _byId[id] = _current;
        }

        return _current;
    }

    /// <summary>The streamed items with the ids of those of the last event.</summary>
    public PlainItem?[] Match(PlainJson[] output)
    {
        _unmatched = [.. _cycle];
        var matched = new PlainItem?[output.Length];
        for (var i = 0; i < output.Length; i++)
        {
            var (id, kind) = (IdOf(output[i].Raw("id")), KindOf(output[i]));
            var first = id is null ? null : _cycle.Find(item => item.Id == id && item.Kind == kind);
            matched[i] = first is not null && _unmatched.Remove(first) ? first : null;
        }

        return matched;
    }

    public PlainItem? NextOf(string kind)
    {
        var next = _unmatched.Find(item => item.Kind == kind);
        if (next is null && kind == "message"
            && _unmatched.Find(item => item.Kind == "reasoning") is { MayBeMessage: true, IsDone: false } first)
        {
            next = first;
        }

        if (next is not null)
        {
            _unmatched.Remove(next);
        }

        return next;
    }

    private PlainItem? Current(PlainPlace place, string kind)
    {
        if (_current is not { IsDone: false } current)
        {
            return null;
        }

        bool? named = place.Index is not null && current.Index is not null ? place.Index == current.Index
            : place.Id is not null && current.Id is not null ? place.Id == current.Id : null;
        return named != false && Accepts(current, kind, named == true) ? current : null;
    }

    private PlainItem? Find(PlainPlace place, string kind)
    {
        if (place.Index is { } index && _byIndex.TryGetValue(index, out var item) && Accepts(item, kind, true))
        {
            return item;
        }

        return place.Id is { } id && _byId.TryGetValue(id, out item) && Accepts(item, kind, true)
            && (place.Index is null || item.Index is null || place.Index == item.Index) ? item : null;
    }

    private static bool Accepts(PlainItem item, string kind, bool isNamed) =>
        kind == item.Kind || item.Kind == "?" || (kind == "?" && item.Kind is "message" or "reasoning")
            || (isNamed && item.MayBeMessage && kind == "message");
}
