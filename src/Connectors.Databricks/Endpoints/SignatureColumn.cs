using System.Text.Json;

namespace Connectors.Databricks.Endpoints;

/// <summary>A column, a parameter or a value of a signature.</summary>
/// <param name="Name">The name; <see langword="null"/> when it has none.</param>
/// <param name="Type">The type in JSON: <c>integer</c>, <c>number</c>, <c>string</c>, <c>boolean</c>, <c>array</c>, <c>object</c>; else <c>any</c>.</param>
public sealed record SignatureColumn(string? Name, string Type)
{
    /// <summary>What the type is exactly, such as <c>int64</c> or <c>double</c>; <see langword="null"/> when it is not said.</summary>
    public string? Format { get; init; }

    /// <summary>Whether it must be there; <see langword="null"/> when it is not said.</summary>
    public bool? IsRequired { get; init; }

    /// <summary>What is taken where it is left out, as JSON.</summary>
    public JsonElement? Default { get; init; }

    /// <summary>What the items of an array are; <see langword="null"/> when it is none, or it is not said.</summary>
    public SignatureColumn? Items { get; init; }

    /// <summary>The members of an object.</summary>
    public IReadOnlyList<SignatureColumn> Members { get; init; } = [];

    /// <summary>Its schema, as it came.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>Name and type.</summary>
    /// <returns>For a log: <c>tenure: integer (int64)</c>.</returns>
    public override string ToString() =>
        $"{(Name is null ? string.Empty : $"{Name}: ")}{Type}{(Items is null ? string.Empty : $" of {Items}")}{(Format is null ? string.Empty : $" ({Format})")}";
}
