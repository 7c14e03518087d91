using System.Diagnostics.CodeAnalysis;

namespace Connectors.Databricks.Wire;

/// <summary>A dictionary as a member of a record: two are equal if they have the same keys with the same values.</summary>
internal readonly struct EquatableMap(IReadOnlyDictionary<string, string>? items) : IEquatable<EquatableMap>
{
    /// <summary>The dictionary, or null.</summary>
    public IReadOnlyDictionary<string, string>? OrNull => items;

    public bool Equals(EquatableMap other)
    {
        if (items is null || other.OrNull is not { } others)
        {
            return items is null && other.OrNull is null;
        }

        return items.Count == others.Count
            && items.All(pair => others.TryGetValue(pair.Key, out var value) && value == pair.Value);
    }

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is EquatableMap other && Equals(other);

    // Independent of the order of the keys.
    public override int GetHashCode() =>
        items is null ? 0 : items.Aggregate(items.Count, (hash, pair) => hash ^ HashCode.Combine(pair.Key, pair.Value));
}
