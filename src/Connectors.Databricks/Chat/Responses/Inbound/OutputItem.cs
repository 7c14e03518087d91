using System.Buffers;
using System.Text;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>One output item while it is read.</summary>
/// <param name="index">The position in the output, which the item is stored with.</param>
internal sealed class OutputItem(int index)
{
    /// <summary>The index of a part whose events have none.</summary>
    private const int NoIndex = -1;

    private readonly Dictionary<(PartKind Kind, int Index), OutputPart> _parts = [];
    private ArrayBufferWriter<byte>? _arguments;
    private SurrogatePairJoiner _argumentsPair;
    private (PartKind Kind, int Index) _lastKey;
    private OutputPart? _last;

    public int Index => index;

    public ItemKind Kind { get; set; }

    /// <summary>The index that its events have, or null.</summary>
    public int? OutputIndex { get; set; }

    /// <summary>The bytes of its id; empty when it has none.</summary>
    public byte[] Id { get; set; } = [];

    /// <summary>Whether it was opened by a reasoning text, which an item of type message may have as well.</summary>
    public bool MayBeMessage { get; set; }

    /// <summary>Whether the whole item has been read.</summary>
    public bool IsDone { get; set; }

    /// <summary>The hash of the whole item, to recognize a repetition.</summary>
    public int Hash { get; set; }

    public string? CallId { get; set; }

    public string? Name { get; set; }

    /// <summary>Whether its last content is reasoning, which can carry the item.</summary>
    public bool EndsWithReasoning { get; set; }

    /// <summary>Whether it has returned a content.</summary>
    public bool HasContents { get; set; }

    public IEnumerable<OutputPart> Parts => _parts.Values;

    public ReadOnlySpan<byte> Arguments => _arguments is null ? default : _arguments.WrittenSpan;

    /// <summary>Whether events of an item of this kind may belong to it.</summary>
    /// <param name="kind">The kind that the event implies; pending for one that messages and reasoning have.</param>
    /// <param name="isNamed">Whether the event has the index or the id of this item.</param>
    public bool Accepts(ItemKind kind, bool isNamed) =>
        kind == Kind || Kind == ItemKind.Pending || (kind == ItemKind.Pending && Kind is ItemKind.Message or ItemKind.Reasoning) ||
        (isNamed && MayBeMessage && kind == ItemKind.Message);

    /// <summary>The part that an event continues; created on first use.</summary>
    public OutputPart PartAt(PartKind kind, int? partIndex, ItemBudget held)
    {
        var key = (kind, partIndex ?? NoIndex);
        if (_last is not null && _lastKey == key)
        {
            return _last;
        }

        if (!_parts.TryGetValue(key, out var part))
        {
            held.Spend();
            _parts[key] = part = new OutputPart();
        }

        (_lastKey, _last) = (key, part);
        return part;
    }

    /// <summary>Whether the text of a part has come, under its own index or without one.</summary>
    public bool HasText(PartKind kind, int partIndex) => Has(kind, partIndex) || Has(kind, NoIndex);

    private bool Has(PartKind kind, int partIndex) => _parts.TryGetValue((kind, partIndex), out var part) && part.HasText;

    /// <summary>The number of annotations of a part that have been returned.</summary>
    public int AnnotationsOf(int partIndex) =>
        _parts.GetValueOrDefault((PartKind.Text, partIndex))?.Annotations
            ?? _parts.GetValueOrDefault((PartKind.Text, NoIndex))?.Annotations ?? 0;

    /// <summary>Adds a fragment of the arguments.</summary>
    /// <exception cref="BoundExceededException">The arguments are longer than the limit.</exception>
    public void AddArguments(ReadOnlySpan<byte> delta, int most)
    {
        if (RawJson.IsPlain(delta) && !_argumentsPair.IsWaiting)
        {
            WriteArguments(delta[1..^1], most);
        }
        else if (_argumentsPair.Join(RawJson.Text(delta)) is { Length: > 0 } text)
        {
            WriteArguments(Encoding.UTF8.GetBytes(text), most);
        }
    }

    private void WriteArguments(ReadOnlySpan<byte> bytes, int most)
    {
        _arguments ??= new ArrayBufferWriter<byte>();
        if (bytes.Length > most - _arguments.WrittenCount)
        {
            throw new BoundExceededException(nameof(DatabricksResponseLimitOptions.MaxToolArgumentBytes), most);
        }

        _arguments.Write(bytes);
    }

    /// <summary>Replaces the fragments by the whole arguments; empty ones replace nothing.</summary>
    public void SetArguments(ReadOnlySpan<byte> raw, int most)
    {
        // Some agents send the object itself, and not its text.
        var bytes = RawJson.IsObject(raw) ? raw : RawJson.Text(raw) is { Length: > 0 } text ? Encoding.UTF8.GetBytes(text) : default;
        if (!bytes.IsEmpty)
        {
            _arguments = null;
            _argumentsPair = default;
            WriteArguments(bytes, most);
        }
    }

    public void RequireWholeArguments() => _argumentsPair.RequireWhole();
}
