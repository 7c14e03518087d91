using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;

namespace Connectors.Databricks.AspNetCore.Tests.Caching;

/// <summary>What is stored and what is not, for each storage.</summary>
public abstract class ChatCacheTests : IAsyncLifetime
{
    private CachedEmulator _cached = null!;
    private IAsyncDisposable? _server;

    private EmulatedEndpoint Endpoint => _cached.Emulator.Endpoint(CachedEmulator.Model);

    private int Requests => _cached.Emulator.Requests.Count;

    protected abstract Task<(IDistributedCache? Storage, IAsyncDisposable? Server)> StorageAsync();

    public async Task InitializeAsync()
    {
        (var storage, _server) = await StorageAsync();
        _cached = await CachedEmulator.StartAsync(storage);
    }

    public async Task DisposeAsync()
    {
        await _cached.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private async Task<ChatResponse> AskAsync(bool isStream, ChatOptions? options = null, string model = CachedEmulator.Model) => isStream
        ? await _cached.Chat(model).GetStreamingResponseAsync("Name a city.", options).ToChatResponseAsync()
        : await _cached.Chat(model).GetResponseAsync("Name a city.", options);

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_complete_response_is_cached(bool isStream)
    {
        Endpoint.Replies("Oslo.").Replies("Bergen.");

        Assert.Equal(("Oslo.", "Oslo."), ((await AskAsync(isStream)).Text, (await AskAsync(isStream)).Text));
        Assert.Equal(1, Requests);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Tool_calls_are_cached_with_their_arguments(bool isStream)
    {
        Endpoint.CallsTool("get_weather", """{"city":"Oslo"}""");
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create((string city) => city, "get_weather")] };
        await AskAsync(isStream, options);

        var call = Assert.IsType<FunctionCallContent>(Assert.Single((await AskAsync(isStream, options)).Messages[0].Contents));

        Assert.Equal("Oslo", call.Arguments!["city"]!.ToString());
        Assert.Equal(1, Requests);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_truncated_response_is_not_cached(bool isStream)
    {
        Endpoint.Replies("Os", finishReason: "length").Replies("Oslo.");

        Assert.Equal(("Os", "Oslo."), ((await AskAsync(isStream)).Text, (await AskAsync(isStream)).Text));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_denial_is_not_cached(bool isStream)
    {
        Endpoint.DeniesByServicePolicy("no-cities", onOutput: false, reason: "Cities are secret.").Replies("Oslo.");

        Assert.Equal(ChatFinishReason.ContentFilter, (await AskAsync(isStream)).FinishReason);
        Assert.Equal("Oslo.", (await AskAsync(isStream)).Text);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_content_filter_is_not_cached(bool isStream)
    {
        Endpoint.Replies("", finishReason: "content_filter").Replies("Oslo.");
        await AskAsync(isStream);

        Assert.Equal("Oslo.", (await AskAsync(isStream)).Text);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_refusal_is_not_cached(bool isStream)
    {
        const string model = "databricks-gpt-5-2";
        _cached.Emulator.Endpoint(model).Refuses("No.").Replies("Oslo.");
        await AskAsync(isStream, model: model);

        Assert.Equal("Oslo.", (await AskAsync(isStream, model: model)).Text);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_error_is_not_cached(bool isStream)
    {
        Endpoint.Fails(500, "INTERNAL_ERROR").Replies("Oslo.");
        await Assert.ThrowsAsync<DatabricksServingException>(() => AskAsync(isStream));

        Assert.Equal("Oslo.", (await AskAsync(isStream)).Text);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_is_not_cached()
    {
        Endpoint.CutsTheStreamAfter(2).Replies("Oslo is a city.").Replies("Oslo.");
        await Assert.ThrowsAsync<DatabricksServingException>(() => AskAsync(isStream: true));

        Assert.Equal("Oslo.", (await AskAsync(isStream: true)).Text);
    }

    [Fact]
    public async Task A_stream_that_the_caller_leaves_is_not_cached()
    {
        Endpoint.Replies("Oslo is a city.").Replies("Oslo.");
        await foreach (var update in _cached.Chat().GetStreamingResponseAsync("Name a city."))
        {
            break;
        }

        Assert.Equal("Oslo.", (await AskAsync(isStream: true)).Text);
    }

    [Fact]
    public async Task Endpoints_do_not_share_responses()
    {
        Endpoint.Replies("Oslo.");
        _cached.Emulator.Endpoint("databricks-llama-4-maverick").Replies("Bergen.");

        Assert.Equal("Oslo.", (await AskAsync(isStream: false)).Text);
        Assert.Equal("Bergen.", (await AskAsync(isStream: false, model: "databricks-llama-4-maverick")).Text);
    }

    [Fact]
    public async Task Requests_with_other_tools_do_not_share_responses()
    {
        Endpoint.Replies("Oslo.").Replies("Bergen.").Replies("Tromsø.");
        ChatOptions With(string description) => new()
        {
            Tools = [AIFunctionFactory.Create((string city) => city, "get_weather", description)],
        };

        Assert.Equal("Oslo.", (await AskAsync(isStream: false)).Text);
        Assert.Equal("Bergen.", (await AskAsync(isStream: false, With("rain"))).Text);
        Assert.Equal("Tromsø.", (await AskAsync(isStream: false, With("sun"))).Text);
        Assert.Equal("Bergen.", (await AskAsync(isStream: false, With("rain"))).Text);
    }

    [Fact]
    public async Task A_request_with_a_base_document_is_not_cached()
    {
        Endpoint.Replies("Oslo.").Replies("Bergen.");
        var options = new ChatOptions { RawRepresentationFactory = _ => new System.Text.Json.Nodes.JsonObject { ["max_tokens"] = 5 } };

        Assert.Equal(("Oslo.", "Bergen."), ((await AskAsync(false, options)).Text, (await AskAsync(false, options)).Text));
    }
}
