using System.Diagnostics.CodeAnalysis;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.ModelRecords;

/// <summary>The JSON Schema dialect that an endpoint supports.</summary>
internal readonly struct SchemaDialect : IEquatable<SchemaDialect>
{
    private readonly string? _value;

    /// <summary>Creates a value that the service may support in the future.</summary>
    /// <param name="value">The name of the dialect.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null or white space.</exception>
    public SchemaDialect(string value) => _value = OpenText.Require(value);

    /// <summary>JSON Schema; schemas are sent unchanged.</summary>
    public static SchemaDialect JsonSchema { get; } = new("json-schema");

    /// <summary>JSON Schema without <c>$schema</c> and <c>additionalProperties: true</c>, which have no effect and are removed.</summary>
    public static SchemaDialect Plain { get; } = new("plain");

    /// <summary>
    /// The dialect of Google, which rejects unknown keywords. References are resolved, <c>const</c> becomes <c>enum</c>, and a list of
    /// types becomes <c>anyOf</c> or <c>nullable</c>; keywords without an equivalent are added to the description.
    /// </summary>
    public static SchemaDialect Google { get; } = new("google");

    /// <summary>Gets the text; empty for a default structure.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(SchemaDialect left, SchemaDialect right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(SchemaDialect left, SchemaDialect right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(SchemaDialect other) => OpenText.Equal(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is SchemaDialect other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => OpenText.Hash(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
