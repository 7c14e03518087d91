namespace Connectors.Databricks;

/// <summary>
/// The capabilities of one model: wire dialect, supported parameters, limits and lifecycle. Requests are adapted to it. Every record has a
/// date and a source, and a custom <see cref="DatabricksModelCapabilities"/> can override it.
/// </summary>
public sealed record DatabricksModelInfo
{
    /// <summary>
    /// Gets the name that endpoints of the model contain, in lower case and with hyphens, such as <c>claude-sonnet-4-5</c>. The
    /// pay-per-token endpoint is <c>databricks-</c> and the name, the model in Unity Catalog <c>system.ai.</c> and the name.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>Gets further names of the model. A name that ends in <c>*</c> matches all names with that prefix.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> Aliases { get; init; } = [];

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
    public IReadOnlyList<string> Surfaces { get; init; } = ["chat"];

    /// <summary>Gets the context window: the maximum number of tokens of input and output together.</summary>
    /// <value>Default: <see langword="null"/>: not known.</value>
    public int? ContextWindow { get; init; }

    /// <summary>Gets the maximum number of output tokens.</summary>
    /// <value>Default: <see langword="null"/>: not known.</value>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Gets the input modalities: <c>text</c>, <c>image</c>, <c>audio</c>, <c>video</c>, <c>file</c> (PDF).</summary>
    /// <value>Default: empty: not known.</value>
    public IReadOnlyList<string> InputModalities { get; init; } = [];

    /// <summary>Gets the output modalities: <c>text</c>, <c>embedding</c>.</summary>
    /// <value>Default: empty: not known.</value>
    public IReadOnlyList<string> OutputModalities { get; init; } = [];

    /// <summary>Gets the support for request parameters.</summary>
    public DatabricksModelParameters Parameters { get; init; } = new();

    /// <summary>Gets the support for reasoning effort.</summary>
    public DatabricksModelReasoning Reasoning { get; init; } = new();

    /// <summary>Gets the support for tools.</summary>
    public DatabricksModelTools Tools { get; init; } = new();

    /// <summary>Gets the supported response formats.</summary>
    public DatabricksModelOutput Output { get; init; } = new();

    /// <summary>Gets the supported message contents.</summary>
    public DatabricksModelMessages Messages { get; init; } = new();

    /// <summary>Gets the streaming behavior.</summary>
    public DatabricksModelStreams Streams { get; init; } = new();

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
