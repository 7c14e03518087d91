using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Tests.Caching;

public class EmbeddingCacheTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Only_new_inputs_are_sent(bool usesRedis)
    {
        await using var redis = usesRedis ? await RedisServer.StartAsync() : null;
        await using var cached = await CachedEmulator.StartAsync(redis?.Cache);
        var first = await cached.Embeddings("databricks-gte-large-en").GenerateAsync(["Oslo", "Bergen"]);
        var second = await cached.Embeddings("databricks-gte-large-en").GenerateAsync(["Bergen", "Tromsø"]);

        Assert.Equal(first[1].Vector, second[0].Vector);
        Assert.Equal(["[\"Oslo\",\"Bergen\"]", "[\"Tromsø\"]"], cached.Emulator.Requests.Select(
            request => System.Text.RegularExpressions.Regex.Unescape(request.Json!["input"]!.ToJsonString())));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_failure_is_not_cached(bool usesRedis)
    {
        await using var redis = usesRedis ? await RedisServer.StartAsync() : null;
        await using var cached = await CachedEmulator.StartAsync(redis?.Cache);
        cached.Emulator.Endpoint("databricks-gte-large-en").Fails(500, "INTERNAL_ERROR");
        await Assert.ThrowsAsync<DatabricksServingException>(() => cached.Embeddings("databricks-gte-large-en").GenerateAsync(["Oslo"]));

        Assert.Single(await cached.Embeddings("databricks-gte-large-en").GenerateAsync(["Oslo"]));
    }

    [Fact]
    public async Task Endpoints_do_not_share_vectors()
    {
        await using var cached = await CachedEmulator.StartAsync();
        var gte = await cached.Embeddings("databricks-gte-large-en").GenerateVectorAsync("Oslo");
        var bge = await cached.Embeddings("databricks-bge-large-en").GenerateVectorAsync("Oslo");

        Assert.NotEqual(gte.ToArray(), bge.ToArray());
    }
}
