using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;

namespace Connectors.Databricks.Tests.Chat.Responses.Middleware;

/// <summary>DistributedCachingChatClient over the Responses API: a response from the cache is as good as that of the service.</summary>
public sealed class CachingTests : IAsyncLifetime
{
    private readonly DictionaryCache _cache = new();
    private ResponsesEmulator _emulator = null!;

    public static TheoryData<string, bool> Surfaces => ResponsesEmulator.Surfaces;

    public async Task InitializeAsync() => _emulator = await ResponsesEmulator.StartAsync();

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task A_response_of_the_cache_equals_that_of_the_service(string name, bool isStream)
    {
        _emulator.Endpoint(name).CallsTool("get_time", text: "I look.", reasoning: "I need the time.");

        var first = await Chat(name).AskAsync([new(ChatRole.User, "Time?")], Options, isStream);
        var second = await Chat(name).AskAsync([new(ChatRole.User, "Time?")], Options, isStream);

        _emulator.AssertAccepted(1);
        Assert.Equal((first.Text, first.FinishReason, first.ResponseId, first.ModelId),
            (second.Text, second.FinishReason, second.ResponseId, second.ModelId));
        Assert.Equal(first.Usage!.TotalTokenCount, second.Usage!.TotalTokenCount);
        Assert.Equal(StoredItems.Of(first), StoredItems.Of(second));
        Assert.NotEmpty(StoredItems.Of(second));
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task Items_of_the_cache_are_sent_back_unchanged(string name, bool isStream)
    {
        _emulator.Endpoint(name).CallsTool("get_time", text: "I look.", reasoning: "I need the time.").Replies("Noon.");
        List<ChatMessage> question = [new(ChatRole.User, "Time?")];
        await Chat(name).AskAsync(question, Options, isStream);

        List<ChatMessage> history = [.. question];
        var cached = await Chat(name).TurnAsync(history, Options, isStream);
        history.Add(new(ChatRole.Tool, [new FunctionResultContent(cached.Contents<FunctionCallContent>().Single().CallId, "noon")]));
        await Chat(name).TurnAsync(history, Options, isStream);

        _emulator.AssertAccepted(2);
        Assert.Equal(["message", "reasoning", "message", "function_call", "function_call_output"], _emulator.InputTypes());
        Assert.All(_emulator.Input().Skip(1).Take(3), item => Assert.True(item!["id"] is not null || name == ResponsesEmulator.Serving));
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task Function_invocation_over_the_cache_takes_every_round_from_it(string name, bool isStream)
    {
        _emulator.Endpoint(name).CallsTool("get_time").Replies("Noon.");
        using var chat = new FunctionInvokingChatClient(Chat(name));

        var first = await chat.AskAsync([new(ChatRole.User, "Time?")], Options, isStream);
        var second = await chat.AskAsync([new(ChatRole.User, "Time?")], Options, isStream);

        Assert.Equal(("Noon.", "Noon."), (first.Messages[^1].Text, second.Messages[^1].Text));
        _emulator.AssertAccepted(2);
    }

    private static ChatOptions Options => new()
    {
        Tools = [AIFunctionFactory.Create(() => "noon", "get_time", "Gets the time.")],
    };

    private DistributedCachingChatClient Chat(string name) => new(_emulator.Chat(name), _cache);

    private sealed class DictionaryCache : IDistributedCache
    {
        private readonly ConcurrentDictionary<string, byte[]> _entries = new(StringComparer.Ordinal);

        public byte[]? Get(string key) => _entries.GetValueOrDefault(key);

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Task.FromResult(Get(key));

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => _entries[key] = value;

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            Set(key, value, options);
            return Task.CompletedTask;
        }

        public void Refresh(string key)
        {
        }

        public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

        public void Remove(string key) => _entries.TryRemove(key, out _);

        public Task RemoveAsync(string key, CancellationToken token = default)
        {
            Remove(key);
            return Task.CompletedTask;
        }
    }
}
