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
    /// Whether the first call of a turn must carry a thought signature. Calls that another model made get Google's placeholder for one.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool RequiresSignatures { get; init; }

    /// <summary>
    /// Gets whether a conversation that has tool calls must declare tools, as hosts on Amazon Bedrock require. When a call offers none, a
    /// placeholder tool is declared, with <c>tool_choice</c> <c>none</c> where <see cref="AcceptsNoneChoice"/> allows it.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool RequiresToolsAfterCalls { get; init; }

    /// <summary>
    /// Gets whether <c>tool_choice</c> may be <c>none</c>. Where it may not, tools are left out when <c>ChatToolMode.None</c> is set.
    /// </summary>
    /// <value>Default: <see langword="true"/>, as documented for every model.</value>
    public bool AcceptsNoneChoice { get; init; } = true;
}
