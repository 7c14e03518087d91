using System.Diagnostics.CodeAnalysis;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.ModelRecords;

/// <summary>The JSON Schema dialect that an endpoint supports.</summary>
internal readonly struct SchemaDialect : IEquatable<SchemaDialect>
{
    private readonly string? _value;

    /// <summary>
    /// Initializes a new instance of the <see cref="SchemaDialect"/> struct with a value, which may be one that the service supports in the
    /// future.
    /// </summary>
    /// <param name="value">The name of the dialect.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null or white space.</exception>
    public SchemaDialect(string value) => _value = OpenText.Require(value);

    /// <summary>JSON Schema; schemas are sent unchanged.</summary>
    public static SchemaDialect JsonSchema { get; } = new("json-schema");

    /// <summary>
    /// The subset that Databricks documents for the models it hosts: references are resolved, combinations are merged where possible, and
    /// <c>pattern</c> and what else cannot be expressed is added to the description.
    /// </summary>
    public static SchemaDialect Plain { get; } = new("plain");

    /// <summary>
    /// JSON Schema 2020-12 as Anthropic accepts it: no <c>anyOf</c>, <c>oneOf</c> or <c>allOf</c> at the root of tool parameters, whose
    /// names consist of letters, digits, <c>_</c>, <c>.</c> and <c>-</c>. Other names are replaced, and restored in tool calls.
    /// </summary>
    public static SchemaDialect Anthropic { get; } = new("anthropic");

    /// <summary>
    /// JSON Schema 2020-12 as OpenAI accepts it: no <c>anyOf</c>, <c>oneOf</c>, <c>allOf</c>, <c>enum</c> or <c>not</c> at the root of tool
    /// parameters, and arrays with <c>items</c>.
    /// </summary>
    public static SchemaDialect OpenAI { get; } = new("openai");

    /// <summary>
    /// The dialect of Google, which rejects unknown keywords and many combinations of known ones. References are resolved, <c>const</c>
    /// becomes <c>enum</c>, and a list of types becomes <c>anyOf</c> or <c>nullable</c>; what cannot be expressed is added to the
    /// description.
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
