using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Completions.Inbound.Templates;

/// <summary>A variable position in a chunk template.</summary>
/// <param name="Offset">The number of constant bytes before the slot.</param>
/// <param name="Kind">The kind of value in the slot.</param>
/// <param name="Count">The count that the slot holds, if it is a known one.</param>
/// <param name="Name">The name of any other count.</param>
internal readonly record struct TemplateSlot(int Offset, TemplateSlotKind Kind, UsageCount Count, string? Name)
{
    /// <summary>Whether the slot holds a string rather than an integer.</summary>
    public bool HoldsText => Kind >= TemplateSlotKind.Id;
}

/// <summary>The kinds of values in a slot: numbers first, then strings.</summary>
internal enum TemplateSlotKind
{
    /// <summary>The creation time, in Unix seconds.</summary>
    Created,

    /// <summary>A known token count.</summary>
    Count,

    /// <summary>A provider-specific count.</summary>
    OtherCount,

    /// <summary>The response id.</summary>
    Id,

    /// <summary>Text content.</summary>
    Text,

    /// <summary>Reasoning text in a <c>summary</c> array.</summary>
    Summary,

    /// <summary>Reasoning text in <c>reasoning_content</c>, next to the content.</summary>
    Sibling,
}
