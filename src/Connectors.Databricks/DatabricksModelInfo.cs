namespace Connectors.Databricks;

/// <summary>
/// What is known of one model: how its endpoints talk, what they refuse, and how long they live. Requests are shaped by it. Every fact has
/// a date and a source, and a <see cref="DatabricksModelCapabilities"/> of yours may correct it.
/// </summary>
public sealed record DatabricksModelInfo
{
    /// <summary>
    /// The name that endpoints of the model contain, in lower case and with hyphens, such as <c>claude-sonnet-4-5</c>. The pay-per-token
    /// endpoint is <c>databricks-</c> and the name, the model in Unity Catalog <c>system.ai.</c> and the name.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>Further names of the model. One that ends in <c>*</c> stands for all that begin so.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The name for people.</summary>
    /// <value>Default: <see langword="null"/>: nobody has said.</value>
    public string? DisplayName { get; init; }

    /// <summary>Whose wire dialect the model speaks.</summary>
    public DatabricksModelFamily Family { get; init; } = DatabricksModelFamily.Other;

    /// <summary>
    /// Whether this is no single model but what holds for a whole family: the record of names that no other record knows.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool IsFamily { get; init; }

    /// <summary>
    /// Where the model answers: <c>chat</c>, <c>responses</c> (OpenAI's Responses API), <c>completions</c>, <c>embeddings</c>.
    /// </summary>
    /// <value>Default: <c>chat</c>.</value>
    public IReadOnlyList<string> Surfaces { get; init; } = ["chat"];

    /// <summary>The tokens that input and output may have together.</summary>
    /// <value>Default: <see langword="null"/>: not known.</value>
    public int? ContextWindow { get; init; }

    /// <summary>The tokens that an answer may have.</summary>
    /// <value>Default: <see langword="null"/>: not known.</value>
    public int? MaxOutputTokens { get; init; }

    /// <summary>What goes in: <c>text</c>, <c>image</c>, <c>audio</c>, <c>video</c>, <c>file</c> (PDF).</summary>
    /// <value>Default: empty: not known.</value>
    public IReadOnlyList<string> InputModalities { get; init; } = [];

    /// <summary>What comes out: <c>text</c>, <c>embedding</c>.</summary>
    /// <value>Default: empty: not known.</value>
    public IReadOnlyList<string> OutputModalities { get; init; } = [];

    /// <summary>The options it refuses.</summary>
    public DatabricksModelParameters Parameters { get; init; } = new();

    /// <summary>How it is told how hard to think.</summary>
    public DatabricksModelReasoning Reasoning { get; init; } = new();

    /// <summary>What it makes of tools.</summary>
    public DatabricksModelTools Tools { get; init; } = new();

    /// <summary>Which response formats it takes.</summary>
    public DatabricksModelOutput Output { get; init; } = new();

    /// <summary>What messages may hold.</summary>
    public DatabricksModelMessages Messages { get; init; } = new();

    /// <summary>How it streams.</summary>
    public DatabricksModelStreams Streams { get; init; } = new();

    /// <summary>What its vectors are like; <see langword="null"/> for a model that does not embed.</summary>
    public DatabricksModelEmbeddings? Embeddings { get; init; }

    /// <summary>Whether it is still there, and what replaces it.</summary>
    public DatabricksModelLifecycle Lifecycle { get; init; } = new();

    /// <summary>The day of which these facts are.</summary>
    /// <value>Default: <see langword="null"/>: a record of yours need not say.</value>
    public DateOnly? AsOf { get; init; }

    /// <summary>Where the facts are from: keys of the list of sources in <c>docs/serving-reference.md</c>.</summary>
    /// <value>Default: <see langword="null"/>: a record of yours need not say.</value>
    public string? Source { get; init; }
}
