using Microsoft.Extensions.Caching.Distributed;

namespace Connectors.Databricks.AspNetCore.Tests.Caching;

/// <summary>The same rules with a real Redis.</summary>
public class RedisChatCacheTests : ChatCacheTests
{
    protected override async Task<(IDistributedCache? Storage, IAsyncDisposable? Server)> StorageAsync()
    {
        var server = await RedisServer.StartAsync();
        return (server.Cache, server);
    }
}
