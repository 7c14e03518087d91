using Microsoft.Extensions.VectorData;

namespace Agents.Retrieval;

/// <summary>A piece of a document, small enough to embed and to quote.</summary>
internal sealed class Passage
{
    [VectorStoreKey]
    public required string Id { get; init; }

    /// <summary>The file that it comes from.</summary>
    [VectorStoreData]
    public required string File { get; init; }

    /// <summary>The heading of its section, which a citation names.</summary>
    [VectorStoreData]
    public required string Heading { get; init; }

    /// <summary>Its text, on one line.</summary>
    [VectorStoreData]
    public required string Text { get; init; }

    [VectorStoreVector(1024, DistanceFunction = DistanceFunction.CosineSimilarity)]
    public ReadOnlyMemory<float> Vector { get; set; }

    /// <summary>The text that is embedded: the heading adds context.</summary>
    public string ForSearch => $"{Heading}. {Text}";
}
