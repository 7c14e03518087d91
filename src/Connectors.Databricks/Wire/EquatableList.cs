using System.Diagnostics.CodeAnalysis;

namespace Connectors.Databricks.Wire;

/// <summary>A list as a member of a record: two lists are equal if their items are.</summary>
internal readonly struct EquatableList<T>(IReadOnlyList<T>? items) : IEquatable<EquatableList<T>>
{
    /// <summary>The list; empty if there is none.</summary>
    public IReadOnlyList<T> Items => items ?? [];

    /// <summary>The list, or null.</summary>
    public IReadOnlyList<T>? OrNull => items;

    /// <summary>A list that is equal to no list when it is empty.</summary>
    public static EquatableList<T> NonEmpty(IReadOnlyList<T>? items) => new(items is { Count: > 0 } ? items : null);

    public bool Equals(EquatableList<T> other) =>
        items is null || other.OrNull is not { } others ? items is null && other.OrNull is null : items.SequenceEqual(others);

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
