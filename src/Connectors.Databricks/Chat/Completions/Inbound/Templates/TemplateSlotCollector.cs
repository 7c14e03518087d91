using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Completions.Inbound.Templates;

/// <summary>Collects the slots that <see cref="ChunkTemplateBuilder"/> finds in a sample chunk, in document order.</summary>
internal sealed class TemplateSlotCollector
{
    private readonly List<SlotSpan> _spans = [];

    /// <summary>Whether everything read so far can be part of a template.</summary>
    public bool IsSupported { get; private set; } = true;

    public void Require(bool isSupported) => IsSupported &= isSupported;

    /// <summary>Adds a slot for a number. The reader is positioned on its property name.</summary>
    /// <remarks>
    /// A value that is not a number stays constant, and later chunks match if they repeat it. A count may occur twice, in which case the
    /// last one takes precedence: both become slots.
    /// </remarks>
    public void AddNumber(ref Utf8JsonReader reader, TemplateSlotKind kind, UsageCount count = default, string? name = null)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && !reader.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            Add((int)reader.TokenStartIndex, reader.ValueSpan.Length, kind, count, name);
        }
        else
        {
            Require(reader.TokenType != JsonTokenType.Number);
            reader.Skip();
        }
    }

    public void Add(int start, int length, TemplateSlotKind kind, UsageCount count = default, string? name = null)
    {
        _spans.Add(new SlotSpan(start, length, kind, count, name));
        Require(_spans.Count <= ChunkTemplate.MaxSlots);
    }

    /// <summary>
    /// Builds the template from the constant bytes of the sample. The values in its slots are not kept: a template outlives its stream and
    /// is shared between callers, so it must not hold response content.
    /// </summary>
    /// <param name="sample">The chunk.</param>
    /// <param name="constants">The values in its constant bytes.</param>
    /// <returns>The template, or null when the chunk does not support one.</returns>
    public ChunkTemplate? Build(ReadOnlySpan<byte> sample, TemplateConstants constants)
    {
        var length = sample.Length - _spans.Sum(span => span.Length);
        if (!IsSupported || _spans.Count > ChunkTemplate.MaxSlots || length > ChunkTemplate.MaxBytes)
        {
            return null;
        }

        var bytes = new byte[length];
        var slots = new TemplateSlot[_spans.Count];
        var (copied, offset) = (0, 0);
        for (var i = 0; i < slots.Length; i++)
        {
            var span = _spans[i];
            sample[copied..span.Start].CopyTo(bytes.AsSpan(offset));
            offset += span.Start - copied;
            copied = span.Start + span.Length;
            slots[i] = new TemplateSlot(offset, span.Kind, span.Count, span.Name);
        }

        sample[copied..].CopyTo(bytes.AsSpan(offset));
        return new ChunkTemplate(bytes, slots, constants);
    }

    private readonly record struct SlotSpan(int Start, int Length, TemplateSlotKind Kind, UsageCount Count, string? Name);
}
