using System.Text;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>What the text of a part is.</summary>
internal enum PartKind
{
    Text,
    Refusal,
    Reasoning,
    Summary,
}

/// <summary>One part of an item while it is streamed.</summary>
internal sealed class OutputPart
{
    private SurrogatePairJoiner _pair;

    /// <summary>Whether its text has come: as deltas, or whole. What repeats it is ignored.</summary>
    public bool HasText { get; set; }

    /// <summary>The number of annotations that have been returned.</summary>
    public int Annotations { get; set; }

    /// <summary>The refusal so far, which is returned when it is complete.</summary>
    public StringBuilder? Refusal { get; set; }

    public string? Join(string? delta) => _pair.Join(delta);

    public void RequireWhole() => _pair.RequireWhole();
}
