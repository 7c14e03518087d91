using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Inbound;

/// <summary>Where a sample is cut to make a pattern of it, as <see cref="ChunkSurvey"/> finds it from front to back.</summary>
internal sealed class ChunkCuts
{
    private readonly List<Cut> _cuts = [];

    /// <summary>Whether all that was seen so far is of the usual kind.</summary>
    public bool AreUsual { get; private set; } = true;

    public void Require(bool isUsual) => AreUsual &= isUsual;

    /// <summary>Cuts out a number. The reader stands on its property name.</summary>
    /// <remarks>
    /// What is no number says nothing, and the next chunk fits if it says the same. Of a count there may be a second, which is last and therefore
    /// counts: both are cut out.
    /// </remarks>
    public void TakeNumber(ref Utf8JsonReader reader, ChunkGapKind kind, UsageCount count = default, string? name = null)
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

    public void Add(int start, int length, ChunkGapKind kind, UsageCount count = default, string? name = null)
    {
        _cuts.Add(new Cut(start, length, kind, count, name));
        Require(_cuts.Count <= ChunkPattern.MostGaps);
    }

    /// <summary>
    /// What is left of the sample. What stood in the gaps is left out: a pattern outlives its stream, and the words of one caller are nothing for
    /// the next.
    /// </summary>
    /// <param name="sample">The chunk.</param>
    /// <param name="said">What the part of it that is left says.</param>
    /// <returns>Null when it is not of the usual kind.</returns>
    public ChunkPattern? Pattern(ReadOnlySpan<byte> sample, ChunkFacts said)
    {
        var length = sample.Length - _cuts.Sum(cut => cut.Length);
        if (!AreUsual || _cuts.Count > ChunkPattern.MostGaps || length > ChunkPattern.MostBytes)
        {
            return null;
        }

        var known = new byte[length];
        var gaps = new ChunkGap[_cuts.Count];
        var (copied, at) = (0, 0);
        for (var i = 0; i < gaps.Length; i++)
        {
            var cut = _cuts[i];
            sample[copied..cut.Start].CopyTo(known.AsSpan(at));
            at += cut.Start - copied;
            copied = cut.Start + cut.Length;
            gaps[i] = new ChunkGap(at, cut.Kind, cut.Count, cut.Name);
        }

        sample[copied..].CopyTo(known.AsSpan(at));
        return new ChunkPattern(known, gaps, said);
    }

    private readonly record struct Cut(int Start, int Length, ChunkGapKind Kind, UsageCount Count, string? Name);
}
