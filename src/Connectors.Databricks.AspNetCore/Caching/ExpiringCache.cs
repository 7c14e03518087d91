using Microsoft.Extensions.Caching.Distributed;

namespace Connectors.Databricks.AspNetCore.Caching;

/// <summary>Adds an expiration to entries without one: Microsoft.Extensions.AI stores them forever.</summary>
internal sealed class ExpiringCache(IDistributedCache inner, DistributedCacheEntryOptions expiration) : IDistributedCache
{
    public byte[]? Get(string key) => inner.Get(key);

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => inner.GetAsync(key, token);

    public void Refresh(string key) => inner.Refresh(key);

    public Task RefreshAsync(string key, CancellationToken token = default) => inner.RefreshAsync(key, token);

    public void Remove(string key) => inner.Remove(key);

    public Task RemoveAsync(string key, CancellationToken token = default) => inner.RemoveAsync(key, token);

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => inner.Set(key, value, Expiring(options));

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        inner.SetAsync(key, value, Expiring(options), token);

    private DistributedCacheEntryOptions Expiring(DistributedCacheEntryOptions options) =>
        options is { AbsoluteExpiration: null, AbsoluteExpirationRelativeToNow: null, SlidingExpiration: null } ? expiration : options;
}
