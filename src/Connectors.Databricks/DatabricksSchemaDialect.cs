namespace Connectors.Databricks;

/// <summary>What an endpoint understands of JSON Schema.</summary>
/// <param name="Value">The dialect's name.</param>
public readonly record struct DatabricksSchemaDialect(string Value)
{
    /// <summary>JSON Schema; schemas go as they are.</summary>
    public static DatabricksSchemaDialect JsonSchema { get; } = new("json-schema");

    /// <summary>JSON Schema, but for <c>$schema</c> and <c>additionalProperties: true</c>, which say nothing and are left out.</summary>
    public static DatabricksSchemaDialect Plain { get; } = new("plain");

    /// <summary>
    /// Google's, which refuses what it does not know. References are resolved, <c>const</c> becomes <c>enum</c>, a list of types
    /// <c>anyOf</c> or <c>nullable</c>; what cannot be said is added to the description.
    /// </summary>
    public static DatabricksSchemaDialect Google { get; } = new("google");

    /// <summary>The dialect's name.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
