using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.Tests.Docs.Code;

/// <summary>The code of the page about caching.</summary>
internal static class CachingCode
{
    public static async Task CacheAsync(DatabricksServingClient serving, IDistributedCache storage)
    {
        // <cache>
        IChatClient chat = serving.GetChatClient("system.ai.claude-sonnet-4-5").AsBuilder()
            .UseDatabricksDistributedCache(storage)
            .Build();
        IEmbeddingGenerator<string, Embedding<float>> embeddings = serving.GetEmbeddingGenerator("system.ai.gte-large-en").AsBuilder()
            .UseDatabricksDistributedCache(storage)
            .Build();

        ChatResponse first = await chat.GetResponseAsync("Name one Dutch painter.");
        ChatResponse second = await chat.GetResponseAsync("Name one Dutch painter.");   // from the cache
        // </cache>
        Assert.Equal(first.Text, second.Text);
        Assert.Single(await embeddings.GenerateAsync(["Vermeer"]));
    }

    public static void AddRedis(IServiceCollection services, string redis)
    {
        // <cache-redis>
        services.AddStackExchangeRedisCache(options => options.Configuration = redis);
        services
            .AddChatClient(provider =>
                provider.GetRequiredService<DatabricksServingClient>().GetChatClient("system.ai.claude-sonnet-4-5"))
            .UseDatabricksDistributedCache(
                expiration: new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) },
                configure: client => client.CacheKeyAdditionalValues = ["tenant-7"]);
        // </cache-redis>
    }
}
