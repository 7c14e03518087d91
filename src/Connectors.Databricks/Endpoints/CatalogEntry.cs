using System.Diagnostics;

namespace Connectors.Databricks.Endpoints;

/// <summary>
/// An endpoint and what it can do. Where calls are shared among several models, a capability is said of the endpoint only when all of them
/// have it, and a limit is the lowest.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record CatalogEntry
{
    /// <summary>What the service tells of it.</summary>
    public required ServingEndpoint Endpoint { get; init; }

    /// <summary>The name of the endpoint.</summary>
    public string Name => Endpoint.Name;

    /// <summary>How it came to serve.</summary>
    public CatalogFact<EndpointKind> Kind { get; init; }

    /// <summary>What it takes and gives.</summary>
    public CatalogFact<EndpointTask> Task { get; init; }

    /// <summary>Which call it answers.</summary>
    public CatalogFact<EndpointMode> Mode { get; init; }

    /// <summary>The tokens that input and output may have together.</summary>
    public CatalogFact<int?> ContextWindow { get; init; }

    /// <summary>The tokens that an answer may have.</summary>
    public CatalogFact<int?> MaxOutputTokens { get; init; }

    /// <summary>What goes in: <c>text</c>, <c>image</c>, <c>audio</c>, <c>video</c>, <c>file</c>.</summary>
    public CatalogFact<IReadOnlyList<string>> InputModalities { get; init; }

    /// <summary>What comes out: <c>text</c>, <c>embedding</c>.</summary>
    public CatalogFact<IReadOnlyList<string>> OutputModalities { get; init; }

    /// <summary>Whether it calls tools.</summary>
    public CatalogFact<bool?> SupportsTools { get; init; }

    /// <summary>Whether it answers in the form of a JSON schema.</summary>
    public CatalogFact<bool?> SupportsStructuredOutput { get; init; }

    /// <summary>Whether it can be told to think first.</summary>
    public CatalogFact<bool?> SupportsReasoning { get; init; }

    /// <summary>How many numbers a vector has.</summary>
    public CatalogFact<int?> EmbeddingDimensions { get; init; }

    /// <summary>Whether the model is still on offer, and what replaces it; of several the one that goes first.</summary>
    public CatalogFact<DatabricksModelLifecycle> Lifecycle { get; init; }

    /// <summary>The records behind these facts, one for each served entity that has one.</summary>
    public IReadOnlyList<DatabricksModelInfo> Models { get; init; } = [];

    /// <summary>Everything out of the ordinary that it is known to do.</summary>
    public IReadOnlyList<EndpointCapability> Capabilities => [.. EndpointCapability.All.Where(Can)];

    /// <summary>Whether it is known to do something.</summary>
    /// <param name="capability">What.</param>
    /// <returns><see langword="false"/> also when nobody knows.</returns>
    public bool Can(EndpointCapability capability) => capability switch
    {
        _ when capability == EndpointCapability.Tools => SupportsTools.Value is true,
        _ when capability == EndpointCapability.StructuredOutput => SupportsStructuredOutput.Value is true,
        _ when capability == EndpointCapability.Reasoning => SupportsReasoning.Value is true,
        _ when capability.Value?.EndsWith("-input", StringComparison.Ordinal) is true =>
            InputModalities.Value?.Contains(capability.Value[..^"-input".Length]) is true,
        _ => false,
    };

    /// <summary>Name, kind and mode.</summary>
    /// <returns>For a log: <c>databricks-gpt-5 (pay-per-token, chat)</c>.</returns>
    public override string ToString() => $"{Name} ({Kind.Value}, {Mode.Value})";
}
