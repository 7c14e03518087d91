using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace Agents.Retrieval;

/// <summary>
/// A vector store collection in memory, searched by cosine similarity; a few thousand passages need no database. A collection of another
/// store, such as Qdrant or PostgreSQL, takes its place without another change.
/// </summary>
internal sealed class PassageCollection(string name, IEmbeddingGenerator<string, Embedding<float>> generator)
    : VectorStoreCollection<string, Passage>
{
    private readonly Dictionary<string, Passage> _passages = new(StringComparer.Ordinal);

    public override string Name => name;

    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) => Task.FromResult(true);

    public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default)
    {
        _passages.Clear();
        return Task.CompletedTask;
    }

    public override Task<Passage?> GetAsync(
        string key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(_passages.GetValueOrDefault(key));

    public override async IAsyncEnumerable<Passage> GetAsync(
        Expression<Func<Passage, bool>> filter,
        int top,
        FilteredRecordRetrievalOptions<Passage>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var passage in _passages.Values.Where(filter.Compile()).Skip(options?.Skip ?? 0).Take(top))
        {
            yield return passage;
        }

        await Task.CompletedTask;
    }

    public override Task DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        _passages.Remove(key);
        return Task.CompletedTask;
    }

    public override Task UpsertAsync(Passage record, CancellationToken cancellationToken = default) =>
        UpsertAsync([record], cancellationToken);

    /// <summary>Embeds every passage; the generator splits them over requests when they are many.</summary>
    /// <param name="records">The passages.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public override async Task UpsertAsync(IEnumerable<Passage> records, CancellationToken cancellationToken = default)
    {
        List<Passage> passages = [.. records];
        var embeddings = await generator.GenerateAsync(
            passages.Select(passage => passage.ForSearch), cancellationToken: cancellationToken);
        foreach (var (passage, embedding) in passages.Zip(embeddings))
        {
            passage.Vector = embedding.Vector;
            _passages[passage.Id] = passage;
        }
    }

    /// <summary>The passages nearest to a text, the nearest first.</summary>
    /// <param name="searchValue">A text, or a vector.</param>
    /// <param name="top">The number of passages.</param>
    /// <param name="options">A filter, or results to skip.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public override async IAsyncEnumerable<VectorSearchResult<Passage>> SearchAsync<TInput>(
        TInput searchValue,
        int top,
        VectorSearchOptions<Passage>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var query = searchValue switch
        {
            string text => await generator.GenerateVectorAsync(text, cancellationToken: cancellationToken),
            ReadOnlyMemory<float> vector => vector,
            _ => throw new NotSupportedException($"Search by a text or a vector, not by {typeof(TInput).Name}."),
        };

        // Cosine similarity, and not the dot product: the vectors of GTE are not normalized.
        var nearest = _passages.Values.Where(options?.Filter?.Compile() ?? (_ => true))
            .Select(passage => (Passage: passage, Score: TensorPrimitives.CosineSimilarity(query.Span, passage.Vector.Span)))
            .OrderByDescending(found => found.Score).Skip(options?.Skip ?? 0).Take(top);
        foreach (var (passage, score) in nearest)
        {
            yield return new VectorSearchResult<Passage>(passage, score);
        }
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
}
