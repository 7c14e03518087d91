namespace Connectors.Databricks;

/// <summary>The JSON Schema dialect that an endpoint supports.</summary>
/// <param name="Value">The name of the dialect.</param>
public readonly record struct DatabricksSchemaDialect(string Value)
{
    /// <summary>JSON Schema; schemas are sent unchanged.</summary>
    public static DatabricksSchemaDialect JsonSchema { get; } = new("json-schema");

    /// <summary>JSON Schema without <c>$schema</c> and <c>additionalProperties: true</c>, which have no effect and are removed.</summary>
    public static DatabricksSchemaDialect Plain { get; } = new("plain");

    /// <summary>
    /// The dialect of Google, which rejects unknown keywords. References are resolved, <c>const</c> becomes <c>enum</c>, and a list of
    /// types becomes <c>anyOf</c> or <c>nullable</c>; keywords without an equivalent are added to the description.
    /// </summary>
    public static DatabricksSchemaDialect Google { get; } = new("google");

    /// <summary>Returns the name of the dialect.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
