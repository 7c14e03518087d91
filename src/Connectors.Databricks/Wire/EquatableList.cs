using System.Diagnostics.CodeAnalysis;

namespace Connectors.Databricks.Wire;

/// <summary>A list as a member of a record: two lists are equal if their items are.</summary>
internal readonly struct EquatableList<T> : IEquatable<EquatableList<T>>
{
    private readonly IReadOnlyList<T>? _items;

    /// <param name="items">The items; nulls among them, which a service may send, are left out.</param>
    public EquatableList(IReadOnlyList<T>? items) =>
        _items = items is null || items.All(item => item is not null) ? items : [.. items.Where(item => item is not null)];

    /// <summary>The list; empty if there is none.</summary>
    public IReadOnlyList<T> Items => _items ?? [];

    /// <summary>The list, or null.</summary>
    public IReadOnlyList<T>? OrNull => _items;

    /// <summary>A list that is equal to no list when it is empty.</summary>
    public static EquatableList<T> NonEmpty(IReadOnlyList<T>? items) => new(items is { Count: > 0 } ? items : null);

    public bool Equals(EquatableList<T> other) =>
        _items is null || other.OrNull is not { } others ? _items is null && other.OrNull is null : _items.SequenceEqual(others);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is EquatableList<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }
}
