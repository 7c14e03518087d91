using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Connectors.Databricks.Wire;

/// <summary>A JSON element as a member of a record: two are equal if they are the same JSON, whatever its white space.</summary>
internal readonly struct EquatableJson(JsonElement? element) : IEquatable<EquatableJson>
{
    /// <summary>The element, or null.</summary>
    public JsonElement? OrNull => element;

    public bool Equals(EquatableJson other) =>
        element is not { } one || other.OrNull is not { } two ? element is null && other.OrNull is null : AreEqual(one, two);

    public static bool AreEqual(JsonElement one, JsonElement two) =>
        one.ValueKind == two.ValueKind && (one.ValueKind == JsonValueKind.Undefined || JsonElement.DeepEquals(one, two));

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is EquatableJson other && Equals(other);

    // Equal JSON may be written in different ways, so that only its kind counts.
    public override int GetHashCode() => (int)(element?.ValueKind ?? JsonValueKind.Undefined);
}
