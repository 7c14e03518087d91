using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>A column, a parameter or a value of a signature.</summary>
public sealed record SignatureColumn
{
    private readonly EquatableJson _default;
    private readonly EquatableList<SignatureColumn> _members;
    private readonly EquatableJson _schema;

    /// <summary>Initializes a new instance of the <see cref="SignatureColumn"/> class.</summary>
    /// <param name="name">The name; <see langword="null"/> if there is none.</param>
    /// <param name="type">The JSON type.</param>
    public SignatureColumn(string? name, string type)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        Name = name;
        Type = type;
    }

    /// <summary>Gets the name; <see langword="null"/> if there is none, as for a tensor.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Gets the JSON type: <c>integer</c>, <c>number</c>, <c>string</c>, <c>boolean</c>, <c>array</c>, <c>object</c>; otherwise
    /// <c>any</c>.
    /// </summary>
    public string Type { get; init; }

    /// <summary>Gets the format of the type, such as <c>int64</c> or <c>double</c>; <see langword="null"/> if unspecified.</summary>
    public string? Format { get; init; }

    /// <summary>Gets a value indicating whether the value is required; <see langword="null"/> if unspecified.</summary>
    public bool? IsRequired { get; init; }

    /// <summary>Gets the default of a value that is left out, as JSON.</summary>
    public JsonElement? Default { get => _default.OrNull; init => _default = new(value); }

    /// <summary>Gets the items of an array; <see langword="null"/> if it is not an array, or unspecified.</summary>
    public SignatureColumn? Items { get; init; }

    /// <summary>Gets the properties of an object.</summary>
    public IReadOnlyList<SignatureColumn> Members
    {
        get => _members.Items;
        init => _members = EquatableList<SignatureColumn>.NonEmpty(value);
    }

    /// <summary>Gets the JSON schema of the value.</summary>
    public JsonElement? Schema { get => _schema.OrNull; init => _schema = new(value); }

    /// <summary>Returns name and type.</summary>
    /// <returns>Text for a log: <c>tenure: integer (int64)</c>.</returns>
    public override string ToString()
    {
        var name = Name is null ? string.Empty : $"{Name}: ";
        var items = Items is null ? string.Empty : $" of {Items}";
        return $"{name}{Type}{items}{(Format is null ? string.Empty : $" ({Format})")}";
    }
}
