using Connectors.Databricks.ModelRecords;

namespace Connectors.Databricks;

/// <summary>The support of a model for tools.</summary>
public sealed record DatabricksModelTools
{
    /// <summary>
    /// Gets a value indicating whether the model supports tools in chat, or <see langword="null"/> when that is not documented.
    /// </summary>
    public bool? IsSupported { get; init; }

    /// <summary>Gets the documented maximum number of tools per request.</summary>
    /// <value>Default: <see langword="null"/>: not known. The limit is not enforced by the client.</value>
    public int? MaxTools { get; init; }

    /// <summary>Gets the documented maximum number of properties in a tool schema; the service accepts larger ones in practice.</summary>
    /// <value>Default: <see langword="null"/>: not known. The limit is not enforced by the client.</value>
    public int? MaxSchemaKeys { get; init; }

    /// <summary>Gets the JSON Schema dialect that the host supports.</summary>
    /// <value>Default: <see cref="SchemaDialect.JsonSchema"/>.</value>
    internal SchemaDialect SchemaDialect { get; init; } = SchemaDialect.JsonSchema;

    /// <summary>
    /// Gets the rule for the names of tools. A name that does not conform is replaced by one that does, and restored in tool calls.
    /// </summary>
    /// <value>Default: <see cref="ToolNaming.Any"/>.</value>
    internal ToolNaming Naming { get; init; } = ToolNaming.Any;

    /// <summary>Gets a value indicating whether tools require the Responses API; chat completions reject them.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool RequiresResponses { get; init; }

    /// <summary>Gets a value indicating whether a tool can be <c>strict</c>.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool SupportsStrict { get; init; } = true;

    /// <summary>
    /// Gets a value indicating whether an assistant turn can contain parallel tool calls. If not, such a turn is split into one turn per
    /// call.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool SupportsParallelCalls { get; init; } = true;

    /// <summary>
    /// Gets a value indicating whether the first tool call of a turn requires a thought signature. Calls of other models get the
    /// placeholder that Google documents.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool RequiresThoughtSignatures { get; init; }

    /// <summary>
    /// Gets a value indicating whether a conversation that has tool calls must declare tools, as hosts on Amazon Bedrock require. When a
    /// call offers none, a placeholder tool is declared, with <c>tool_choice</c> <c>none</c> where <see cref="SupportsNoneChoice"/> allows
    /// it.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool RequiresToolsAfterCalls { get; init; }

    /// <summary>
    /// Gets a value indicating whether <c>tool_choice</c> can be <c>none</c>. If not, tools are dropped when <c>ChatToolMode.None</c> is
    /// set.
    /// </summary>
    /// <value>Default: <see langword="true"/>, as documented for every model.</value>
    public bool SupportsNoneChoice { get; init; } = true;
}
