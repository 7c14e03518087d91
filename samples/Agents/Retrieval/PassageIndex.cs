using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace Agents.Retrieval;

/// <summary>Passages with their vectors, searched by cosine. A few thousand need no database.</summary>
internal sealed class PassageIndex
{
    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator;
    private readonly IReadOnlyList<(Passage Passage, Embedding<float> Embedding)> _entries;

    private PassageIndex(
        IEmbeddingGenerator<string, Embedding<float>> generator, IReadOnlyList<(Passage Passage, Embedding<float> Embedding)> entries)
    {
        _generator = generator;
        _entries = entries;
    }

    /// <summary>Embeds every passage; the generator splits them over requests when they are many.</summary>
    public static async Task<PassageIndex> BuildAsync(
        IEmbeddingGenerator<string, Embedding<float>> generator, IReadOnlyList<Passage> passages)
    {
        var embeddings = await generator.GenerateAsync(passages.Select(passage => passage.ForSearch));
        return new PassageIndex(generator, [.. passages.Zip(embeddings)]);
    }

    /// <summary>The passages nearest to a question, the nearest first.</summary>
    public async Task<IReadOnlyList<(Passage Passage, float Similarity)>> SearchAsync(string question, int count)
    {
        var query = await _generator.GenerateVectorAsync(question);

        // Cosine, and not the dot product: GTE's vectors are not of one length.
        return
        [
            .. _entries.Select(entry => (entry.Passage, TensorPrimitives.CosineSimilarity(query.Span, entry.Embedding.Vector.Span)))
                .OrderByDescending(found => found.Item2)
                .Take(count),
        ];
    }
}
