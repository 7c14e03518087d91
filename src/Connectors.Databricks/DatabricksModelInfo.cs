using Connectors.Databricks.ModelRecords;

namespace Connectors.Databricks;

/// <summary>
/// The capabilities of one model: wire dialect, supported parameters, limits and lifecycle. Requests are adapted to it. Every record has a
/// date and a source, and a custom <see cref="DatabricksModelCapabilities"/> can override it.
/// </summary>
public sealed record DatabricksModelInfo
{
    private readonly ValueList<string> _aliases = ValueList<string>.Empty;
    private readonly ValueList<string> _surfaces = new(["chat"]);
    private readonly ValueList<string> _inputModalities = ValueList<string>.Empty;
    private readonly ValueList<string> _outputModalities = ValueList<string>.Empty;
    private readonly ValueList<string> _unsupportedParameters = ValueList<string>.Empty;
    private readonly ValueList<string> _supportedImageTypes = ValueList<string>.Empty;

    /// <summary>
    /// Gets the name that endpoints of the model contain, in lower case and with hyphens, such as <c>claude-sonnet-4-5</c>. The
    /// pay-per-token endpoint is <c>databricks-</c> and the name, the model in Unity Catalog <c>system.ai.</c> and the name.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>Gets further names of the model. A name that ends in <c>*</c> matches all names with that prefix.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> Aliases
    {
        get => _aliases;
        init => _aliases = new(value);
    }

    /// <summary>Gets the display name.</summary>
    /// <value>Default: <see langword="null"/>: not documented.</value>
    public string? DisplayName { get; init; }

    /// <summary>Gets the model family, which determines the wire dialect.</summary>
    public DatabricksModelFamily Family { get; init; } = DatabricksModelFamily.Other;

    /// <summary>
    /// Gets a value indicating whether the record describes a whole family rather than a single model. It applies to names that match no
    /// other record.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool IsFamily { get; init; }

    /// <summary>
    /// Gets the APIs on which the model is served: <c>chat</c>, <c>responses</c> (OpenAI's Responses API), <c>completions</c>,
    /// <c>embeddings</c>.
    /// </summary>
    /// <value>Default: <c>chat</c>.</value>
    public IReadOnlyList<string> Surfaces
    {
        get => _surfaces;
        init => _surfaces = new(value);
    }

    /// <summary>Gets the context window: the maximum number of tokens of input and output together.</summary>
    /// <value>Default: <see langword="null"/>: not known.</value>
    public int? ContextWindow { get; init; }

    /// <summary>Gets the maximum number of output tokens.</summary>
    /// <value>Default: <see langword="null"/>: not known.</value>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Gets the input modalities: <c>text</c>, <c>image</c>, <c>audio</c>, <c>video</c>, <c>file</c> (PDF).</summary>
    /// <value>Default: empty: not known.</value>
    public IReadOnlyList<string> InputModalities
    {
        get => _inputModalities;
        init => _inputModalities = new(value);
    }

    /// <summary>Gets the output modalities: <c>text</c>, <c>embedding</c>.</summary>
    /// <value>Default: empty: not known.</value>
    public IReadOnlyList<string> OutputModalities
    {
        get => _outputModalities;
        init => _outputModalities = new(value);
    }

    /// <summary>
    /// Gets the parameters that are dropped from requests, by their names in the body: <c>temperature</c>, <c>top_p</c>, <c>top_k</c>,
    /// <c>frequency_penalty</c>, <c>presence_penalty</c>, <c>seed</c>, <c>stop</c>, <c>parallel_tool_calls</c>, <c>stream_options</c>.
    /// </summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> UnsupportedParameters
    {
        get => _unsupportedParameters;
        init => _unsupportedParameters = new(value);
    }

    /// <summary>Gets a value indicating whether <c>top_p</c> cannot be combined with <c>temperature</c>.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool TemperatureExcludesTopP { get; init; }

    /// <summary>Gets the name of the output limit: <c>max_tokens</c> or <c>max_completion_tokens</c>.</summary>
    /// <value>Default: <c>max_tokens</c>.</value>
    public string OutputLimitParameter { get; init; } = "max_tokens";

    /// <summary>
    /// Gets the output limit, in tokens, that is sent when the caller sets none, for models whose own default is too low to be useful.
    /// </summary>
    /// <value>Default: <see langword="null"/>: none is sent.</value>
    public int? DefaultMaxOutputTokens { get; init; }

    /// <summary>Gets the maximum value of <c>n</c>.</summary>
    /// <value>Default: <see langword="null"/>: not known.</value>
    public int? MaxChoices { get; init; }

    /// <summary>
    /// Gets a value indicating whether the model supports the response format <c>json_schema</c>, or <see langword="null"/> when that is
    /// not documented.
    /// </summary>
    public bool? SupportsJsonSchema { get; init; }

    /// <summary>
    /// Gets a value indicating whether the model supports the response format <c>json_object</c>. If not, JSON is requested in the system
    /// message.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool SupportsJsonObject { get; init; } = true;

    /// <summary>
    /// Gets a value indicating whether the response format <c>json_object</c> requires the word JSON in a message. If so, and no message
    /// contains it, JSON is also requested in the system message.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool JsonObjectRequiresWord { get; init; }

    /// <summary>Gets a value indicating whether a <c>json_schema</c> can be <c>strict</c>.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool SupportsStrictJsonSchema { get; init; } = true;

    /// <summary>
    /// Gets a value indicating whether images can be referenced by <c>http(s)</c> URL; otherwise they must be inline data.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool SupportsImageUrls { get; init; } = true;

    /// <summary>
    /// Gets a value indicating whether content parts and tools can have <c>cache_control</c> for prompt caching, or <see langword="null"/>
    /// when that is not documented. Explicit cache control is dropped when it is <see langword="false"/>; automatic cache control is added
    /// only when it is <see langword="true"/>.
    /// </summary>
    public bool? SupportsCacheControl { get; init; }

    /// <summary>
    /// Gets a value indicating whether a conversation can end with a message of the assistant, which the model then continues (prefill). If
    /// not, a user message is added at the end.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool SupportsPrefill { get; init; } = true;

    /// <summary>
    /// Gets the media types of images that the model supports. Images of other types are rejected before the request is sent, or replaced
    /// by a text note where <see cref="DatabricksChatOptions.ReplaceUnsupportedMedia"/> allows it.
    /// </summary>
    /// <value>Default: empty: not known.</value>
    public IReadOnlyList<string> SupportedImageTypes
    {
        get => _supportedImageTypes;
        init => _supportedImageTypes = new(value);
    }

    /// <summary>
    /// Gets a value indicating whether streams return token counts without <c>stream_options</c>, or <see langword="null"/> when that is
    /// not documented. Models with <c>stream_options</c> in <see cref="UnsupportedParameters"/> do not support that parameter.
    /// </summary>
    public bool? StreamsUsageByDefault { get; init; }

    /// <summary>
    /// Gets a value indicating whether streams return a finish reason, or <see langword="null"/> when that is not documented. Inkling omits
    /// it unless the response was truncated.
    /// </summary>
    public bool? StreamsFinishReason { get; init; }

    /// <summary>Gets the support for reasoning effort.</summary>
    public DatabricksModelReasoning Reasoning { get; init; } = new();

    /// <summary>Gets the support for tools.</summary>
    public DatabricksModelTools Tools { get; init; } = new();

    /// <summary>Gets the properties of its vectors, or <see langword="null"/> for a model that is not an embedding model.</summary>
    public DatabricksModelEmbeddings? Embeddings { get; init; }

    /// <summary>Gets the lifecycle stage and the replacement.</summary>
    public DatabricksModelLifecycle Lifecycle { get; init; } = new();

    /// <summary>Gets the date of the record.</summary>
    /// <value>Default: <see langword="null"/>: optional in custom records.</value>
    public DateOnly? AsOf { get; init; }

    /// <summary>Gets the sources of the record: keys of the list of sources in <c>docs/serving-reference.md</c>.</summary>
    /// <value>Default: <see langword="null"/>: optional in custom records.</value>
    public string? Source { get; init; }
}
