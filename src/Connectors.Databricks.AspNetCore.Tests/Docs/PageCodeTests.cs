using System.Security.Cryptography;
using Connectors.Databricks.AspNetCore.Tests.Caching;
using Connectors.Databricks.AspNetCore.Tests.Docs.Code;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.Tests.Docs;

/// <summary>What the pages show runs on the emulator.</summary>
public class PageCodeTests
{
    [Fact]
    public async Task The_cache_of_the_page_serves_the_second_call()
    {
        await using var cached = await CachedEmulator.StartAsync();

        await CachingCode.CacheAsync(cached.Serving(), cached.Storage);

        Assert.Equal(2, cached.Emulator.Requests.Count);
    }

    [Fact]
    public async Task The_registration_of_the_page_uses_Redis()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var cached = await CachedEmulator.StartAsync();
        var services = new ServiceCollection();
        services.AddSingleton(cached.Serving());
        CachingCode.AddRedis(services, redis.Configuration);
        await using var provider = services.BuildServiceProvider();
        var chat = provider.GetRequiredService<IChatClient>();

        Assert.Equal((await chat.GetResponseAsync("hi")).Text, (await chat.GetResponseAsync("hi")).Text);
        Assert.Single(cached.Emulator.Requests);
    }

    [Fact]
    public async Task The_app_of_the_page_accepts_its_key_alone()
    {
        await using var cached = await CachedEmulator.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["AppKeys:Search"] = "key-of-search",
            ["Databricks:Host"] = cached.Emulator.Host.AbsoluteUri,
            ["Databricks:Authentication:Token"] = cached.Emulator.Token,
        });
        OpenAICode.AddServices(builder);
        await using var app = builder.Build();
        OpenAICode.Map(app);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        async Task<int> StatusAsync(string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
            request.Headers.Authorization = new("Bearer", key);
            using var response = await http.SendAsync(request);
            return (int)response.StatusCode;
        }

        Assert.Equal((401, 200), (await StatusAsync("another-key"), await StatusAsync("key-of-search")));
    }

    [Fact]
    public async Task The_serving_routes_of_the_page_predict()
    {
        foreach (var map in (Action<WebApplication>[])[ServingRoutesCode.Map, ServingRoutesCode.MapWithOptions])
        {
            await using var app = await TestApp.StartAsync(
                application =>
                {
                    application.UseAuthentication().UseAuthorization();
                    map(application);
                },
                services =>
                {
                    services.AddAuthentication("AppKey").AddScheme<AppKeyOptions, AppKeyHandler>("AppKey", options =>
                        options.OwnerOfHash[Convert.ToHexString(SHA256.HashData("key"u8))] = "search");
                    services.AddAuthorization();
                });
            app.Emulator.AddClassicEndpoint("churn-v1");
            app.Http.DefaultRequestHeaders.Authorization = new("Bearer", "key");

            Assert.Equal(200, (await app.PostAsync(
                "/serving-endpoints/churn-v1/predict", """{"inputs":{"tenure":[10],"monthly_charges":[50]}}""")).Status);
        }
    }

    [Fact]
    public async Task The_health_route_of_the_page_has_a_reason()
    {
        await using var cached = await CachedEmulator.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Databricks:Host"] = cached.Emulator.Host.AbsoluteUri,
            ["Databricks:Authentication:Token"] = cached.Emulator.Token,
        });
        HealthCode.AddServices(builder);
        await using var app = builder.Build();
        HealthCode.Map(app);
        await app.StartAsync();
        cached.Emulator.AddClassicEndpoint("churn-v1").TakesReadsToDeploy(9).BeginsToDeploy();
        using var http = new HttpClient();

        using var response = await http.GetAsync(new Uri($"{app.Urls.First()}/health"));

        Assert.Equal(503, (int)response.StatusCode);
        Assert.Equal(
            """{"status":"unhealthy","checks":[{"name":"churn-v1","status":"unhealthy","reason":"The endpoint is not ready (NOT_READY, IN_PROGRESS)."}]}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_chat_routes_of_the_page_stream()
    {
        await using var cached = await CachedEmulator.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Databricks:Host"] = cached.Emulator.Host.AbsoluteUri,
            ["Databricks:Authentication:Token"] = cached.Emulator.Token,
        });
        WebChatCode.AddServices(builder);
        await using var app = builder.Build();
        WebChatCode.MapRegistered(app);
        await app.StartAsync();
        using var http = new HttpClient();
        using var question = new StringContent(
            """{"messages":[{"role":"user","content":"Hello"}]}""", System.Text.Encoding.UTF8, "application/json");

        using var response = await http.PostAsync(new Uri($"{app.Urls.First()}/chat"), question);

        Assert.Contains("event: done", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("bicycle shop", Assert.Single(cached.Emulator.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_model_hub_of_the_page_requires_authorization()
    {
        await using var cached = await CachedEmulator.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Databricks:Host"] = cached.Emulator.Host.AbsoluteUri,
            ["Databricks:Authentication:Token"] = cached.Emulator.Token,
        });
        builder.Services.AddAuthentication("AppKey").AddScheme<AppKeyOptions, AppKeyHandler>("AppKey", null);
        builder.Services.AddAuthorization();
        await using var app = ModelHubCode.Build(builder);
        app.MapGroup("/open").MapDatabricksModelHub("/models").AllowAnonymous();
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        using var closed = await http.GetAsync(new Uri("/models", UriKind.Relative));
        using var open = await http.GetAsync(new Uri("/open/models", UriKind.Relative));

        Assert.Equal((401, 200), ((int)closed.StatusCode, (int)open.StatusCode));
    }

    [Fact]
    public async Task The_options_of_the_page_are_valid()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        ModelHubCode.MapWithOptions(app);
    }
}
