using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>What becomes of reasoning that arrives, and how much of an answer is taken in.</summary>
/// <param name="IsHidden">Whether the caller asked not to see it.</param>
/// <param name="Origin">The endpoint whose model thinks: its signatures hold nowhere else.</param>
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

    /// <summary>Counts what is held until the end of a stream; of a whole body, the same as <see cref="Items"/>.</summary>
    public ItemBudget Held
    {
        get => _held ?? _items!;
        init => _held = value;
    }
}
