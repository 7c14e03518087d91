namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>An implementation of embedding texts.</summary>
internal interface IEmbeddingContender
{
    string Name { get; }

    Task<EmbeddingOutcome> EmbedAsync();
}

/// <summary>What came back, for the check that all contenders did the same work.</summary>
internal readonly record struct EmbeddingOutcome(Func<int, ReadOnlyMemory<float>> Vector, int Count, long? InputTokens);
