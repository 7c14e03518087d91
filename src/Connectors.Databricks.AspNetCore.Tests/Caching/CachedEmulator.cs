using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Connectors.Databricks.AspNetCore.Tests.Caching;

/// <summary>A chat client and an embedding generator with a cache, in front of an emulator.</summary>
internal sealed class CachedEmulator : IAsyncDisposable
{
    public const string Model = "databricks-meta-llama-3-3-70b-instruct";

    private CachedEmulator(DatabricksEmulator emulator, IDistributedCache storage)
    {
        Emulator = emulator;
        Storage = storage;
    }

    public DatabricksEmulator Emulator { get; }

    public IDistributedCache Storage { get; }

    public static async Task<CachedEmulator> StartAsync(IDistributedCache? storage = null) => new(
        await DatabricksEmulator.StartAsync(),
        storage ?? new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())));

    public IChatClient Chat(string model = Model) =>
        new ChatClientBuilder(Serving().GetChatClient(model)).UseDatabricksDistributedCache(Storage).Build();

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings(string model) =>
        new EmbeddingGeneratorBuilder<string, Embedding<float>>(Serving().GetEmbeddingGenerator(model))
            .UseDatabricksDistributedCache(Storage).Build();

    public DatabricksServingClient Serving() => new(new DatabricksServingOptions
    {
        Host = Emulator.Host,
        Credential = DatabricksCredential.FromToken(Emulator.Token),
        Resilience = { Retry = null },
    });

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
