using System.Text;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>
/// The output items of a response: finds the item of an event by its index, else by its id, else as the last one that is open. Agents send
/// neither or one id for several items (serving reference §8.3), so what follows a complete item belongs to a new one.
/// </summary>
/// <param name="held">Counts the items.</param>
internal sealed class OutputItems(ItemBudget held)
{
    private readonly List<OutputItem> _items = [];
    private readonly Dictionary<int, OutputItem> _byIndex = [];
    private readonly Dictionary<string, OutputItem> _byId = new(StringComparer.Ordinal);
    private OutputItem? _current;
    private int _cycleStart;
    private int _offset;
    private int _nextIndex;

    public bool Any => _items.Count > 0;

    /// <summary>All items, in the order in which they arrived.</summary>
    public IReadOnlyList<OutputItem> All => _items;

    /// <summary>The items of the current cycle of created and completed.</summary>
    public ReadOnlySpan<OutputItem> OfCycle => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_items)[_cycleStart..];

    /// <summary>Begins another response in the same stream, whose indexes start again.</summary>
    public void StartCycle()
    {
        _cycleStart = _items.Count;
        _offset = _nextIndex;
        _byIndex.Clear();
        _byId.Clear();
        _current = null;
    }

    /// <summary>Begins another attempt at the response: items that are open will not be completed.</summary>
    public void StartOver()
    {
        _items.Clear();
        StartCycle();
    }

    /// <summary>The item that a delta continues, or a new one.</summary>
    /// <param name="fields">The event.</param>
    /// <param name="kind">The kind of items that have such deltas.</param>
    public OutputItem ForDelta(in EventFields fields, ItemKind kind) =>
        IsCurrent(fields, kind) ? _current!
        : Find(fields.OutputIndex, fields.ItemId, kind) is { IsDone: false } open ? open
        : Open(fields.OutputIndex, fields.ItemId, kind);

    /// <summary>The item that an event announces; the same one when it was announced before.</summary>
    public OutputItem ForAdded(in EventFields fields, in ItemFields item)
    {
        var id = item.Id.IsEmpty ? fields.ItemId : item.Id;
        return Find(fields.OutputIndex, id, item.Kind) is { IsDone: false } open ? open : Open(fields.OutputIndex, id, item.Kind);
    }

    /// <summary>The item of an event that repeats a whole text; null when the item is complete.</summary>
    public OutputItem? ForWhole(in EventFields fields, ItemKind kind)
    {
        if (IsCurrent(fields, kind))
        {
            return _current;
        }

        var latest = Find(fields.OutputIndex, fields.ItemId, kind);
        return latest is { IsDone: true } ? null : latest ?? Open(fields.OutputIndex, fields.ItemId, kind);
    }

    /// <summary>The item that a whole item completes, or a new one; null when it repeats one that is complete.</summary>
    public OutputItem? ForDone(in EventFields fields, in ItemFields item)
    {
        var id = item.Id.IsEmpty ? fields.ItemId : item.Id;
        if (IsCurrent(fields.OutputIndex, id, item.Kind))
        {
            return _current;
        }

        var latest = Find(fields.OutputIndex, id, item.Kind);
        if (latest is null || (latest.IsDone && latest.Hash != HashOf(item.Json)))
        {
            return Open(fields.OutputIndex, id, item.Kind);
        }

        return latest.IsDone ? null : latest;
    }

    public OutputItem Open(int? outputIndex, ReadOnlySpan<byte> id, ItemKind kind)
    {
        held.Spend();
        var index = outputIndex is { } given ? (int)Math.Min((long)_offset + given, int.MaxValue - 1) : _nextIndex;
        _nextIndex = Math.Max(_nextIndex, index + 1);
        var item = new OutputItem(index) { Kind = kind, OutputIndex = outputIndex, Id = id.ToArray() };
        _items.Add(item);
        _current = item;

        // An open item keeps its keys: agents give a text and a call of one message the same id.
        if (outputIndex is { } key && !(_byIndex.TryGetValue(key, out var known) && !known.IsDone && known.Kind != kind))
        {
            _byIndex[key] = item;
        }

        if (!id.IsEmpty && Encoding.UTF8.GetString(id) is var name && !(_byId.TryGetValue(name, out known) && !known.IsDone))
        {
            _byId[name] = item;
        }

        return item;
    }

    public static int HashOf(ReadOnlySpan<byte> json)
    {
        HashCode hash = default;
        hash.AddBytes(json);
        return hash.ToHashCode();
    }

    private bool IsCurrent(in EventFields fields, ItemKind kind) => IsCurrent(fields.OutputIndex, fields.ItemId, kind);

    private bool IsCurrent(int? outputIndex, ReadOnlySpan<byte> id, ItemKind kind)
    {
        if (_current is not { IsDone: false } current)
        {
            return false;
        }

        var isNamed = Names(current, outputIndex, id);
        return isNamed is not false && current.Accepts(kind, isNamed is true);
    }

    // Null when neither the index nor the id is known.
    private static bool? Names(OutputItem item, int? outputIndex, ReadOnlySpan<byte> id) =>
        outputIndex is { } index && item.OutputIndex is { } given ? index == given :
        id.IsEmpty || item.Id.Length == 0 ? null :
        id.SequenceEqual(item.Id);

    private OutputItem? Find(int? outputIndex, ReadOnlySpan<byte> id, ItemKind kind)
    {
        if (outputIndex is { } index && _byIndex.TryGetValue(index, out var item) && item.Accepts(kind, isNamed: true))
        {
            return item;
        }

        return !id.IsEmpty && _byId.TryGetValue(Encoding.UTF8.GetString(id), out item) && item.Accepts(kind, isNamed: true)
            && (outputIndex is null || item.OutputIndex is null || item.OutputIndex == outputIndex)
            ? item
            : null;
    }
}
