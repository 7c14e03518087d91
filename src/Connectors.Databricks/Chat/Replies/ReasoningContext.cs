using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Replies;

/// <summary>How reasoning is returned, and the limits of the response.</summary>
/// <param name="IsHidden">Whether the caller requested that reasoning is omitted.</param>
/// <param name="Origin">The endpoint of the model: its signatures are valid only there.</param>
internal readonly record struct ReasoningContext(bool IsHidden, string Origin)
{
    private readonly ItemBudget? _items;
    private readonly ItemBudget? _held;

    public int MaxToolArgumentBytes { get; init; } = DatabricksResponseLimitOptions.DefaultMaxToolArgumentBytes;

    /// <summary>Counts the items of the current document or event.</summary>
    public ItemBudget Items
    {
        get => _items!;
        init => _items = value;
    }

    /// <summary>Counts the items that are held until the end of a stream; for a document, the same as <see cref="Items"/>.</summary>
    public ItemBudget Held
    {
        get => _held ?? _items!;
        init => _held = value;
    }
}
