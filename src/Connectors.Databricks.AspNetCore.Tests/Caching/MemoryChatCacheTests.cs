using Microsoft.Extensions.Caching.Distributed;

namespace Connectors.Databricks.AspNetCore.Tests.Caching;

/// <summary>The same rules with the memory of the process.</summary>
public class MemoryChatCacheTests : ChatCacheTests
{
    protected override Task<(IDistributedCache? Storage, IAsyncDisposable? Server)> StorageAsync() =>
        Task.FromResult<(IDistributedCache?, IAsyncDisposable?)>((null, null));
}
