namespace Connectors.Databricks;

/// <summary>What a model makes of tools.</summary>
public sealed record DatabricksModelTools
{
    /// <summary>Whether the model calls tools on the chat surface; <see langword="null"/> when nobody has said.</summary>
    public bool? IsSupported { get; init; }

    /// <summary>The most tools of a request, as documented.</summary>
    /// <value>Default: <see langword="null"/>: not known. Nothing is cut: the service decides.</value>
    public int? MaxTools { get; init; }

    /// <summary>The most properties in the schema of a tool, as documented; larger ones are accepted in practice.</summary>
    /// <value>Default: <see langword="null"/>: not known. Nothing is cut: the service decides.</value>
    public int? MaxSchemaKeys { get; init; }

    /// <summary>What of JSON Schema its host understands.</summary>
    /// <value>Default: <see cref="DatabricksSchemaDialect.JsonSchema"/>.</value>
    public DatabricksSchemaDialect SchemaDialect { get; init; } = DatabricksSchemaDialect.JsonSchema;

    /// <summary>Whether a tool may be <c>strict</c>.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool AcceptsStrict { get; init; } = true;

    /// <summary>
    /// Whether an assistant's turn may hold several calls. Where it may not, a turn of several is written as several turns of one.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool AcceptsSeveralCalls { get; init; } = true;

    /// <summary>
    /// Whether the first call of a turn must carry a thought signature. Calls that another model made get Google's stand-in for one.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool RequiresSignatures { get; init; }
}
