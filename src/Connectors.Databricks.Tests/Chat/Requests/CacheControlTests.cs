using System.Text.Json;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.Chat.Shaping;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Requests;

public class CacheControlTests
{
    private const string Claude = "databricks-claude-sonnet-4-5";
    private const string Mark = """ "cache_control": {"type": "ephemeral"} """;

    private static readonly AIFunction Tool = AIFunctionFactory.Create(() => "sunny", "f", "d");

    [Fact]
    public Task A_marked_content_is_a_part_with_a_mark() => Shaped.Sends(
        Claude,
        $$"""
        {"messages": [{"role": "user", "content": [
          {"type": "text", "text": "Long.", {{Mark}}}, {"type": "text", "text": "Short."}]}]}
        """,
        [new(ChatRole.User, [new TextContent("Long.").WithCacheControl(), new TextContent("Short.")])], null, []);

    [Fact]
    public Task A_marked_message_has_its_mark_at_its_end() => Shaped.Sends(
        Claude,
        $$"""
        {"messages": [
          {"role": "system", "content": [{"type": "text", "text": "Rules.", {{Mark}}}]},
          {"role": "user", "content": [{"type": "text", "text": "A", {{Mark}}}]},
          {"role": "assistant", "content": [{"type": "text", "text": "B", {{Mark}}}]}
        ]}
        """,
        [
            new ChatMessage(ChatRole.System, "Rules.").WithCacheControl(),
            new ChatMessage(ChatRole.User, "A").WithCacheControl(),
            new ChatMessage(ChatRole.Assistant, "B").WithCacheControl(),
        ],
        null, []);

    [Fact]
    public Task A_mark_may_say_how_long() => Shaped.Sends(
        Claude,
        """
        {"messages": [{"role": "user", "content": [
          {"type": "text", "text": "Long.", "cache_control": {"type": "ephemeral", "ttl": "1h"}}]}]}
        """,
        [new(ChatRole.User, [new TextContent("Long.")
        {
            AdditionalProperties = new()
            {
                [DatabricksPropertyNames.CacheControl] = JsonDocument.Parse("""{"type":"ephemeral","ttl":"1h"}""").RootElement,
            },
        }])],
        null, []);

    [Fact]
    public async Task A_marked_tool_does_what_it_did()
    {
        var marked = Tool.WithCacheControl();
        var service = new VerbatimService().Answers(Some.ChatBody);

        await service.Client().GetChatClient(Claude).GetResponseAsync("Hello?", new ChatOptions { Tools = [marked] });

        Assert.Equal("sunny", (await marked.InvokeAsync())?.ToString());
        Assert.Equal(
            """{"type":"ephemeral"}""",
            JsonDocument.Parse(service.Sent[0].Body).RootElement.GetProperty("tools")[0].GetProperty("function")
                .GetProperty("cache_control").GetRawText());
        Assert.False(Tool.AdditionalProperties.ContainsKey(DatabricksPropertyNames.CacheControl));
    }

    [Theory]
    [InlineData("databricks-gpt-5-2")]
    [InlineData("databricks-meta-llama-3-3-70b-instruct")]
    public Task A_mark_is_left_out_for_models_without_such_a_cache(string endpoint) => Shaped.Sends(
        endpoint,
        """{"messages": [{"role": "user", "content": "Long."}]}""",
        [new(ChatRole.User, [new TextContent("Long.").WithCacheControl()])], null, []);

    [Fact]
    public async Task Marks_are_set_on_demand_where_they_help()
    {
        List<ChatMessage> history =
        [
            new(ChatRole.System, "Rules."), new(ChatRole.User, "A"), new(ChatRole.Assistant, "B"), new(ChatRole.User, "C"),
            new(ChatRole.Assistant, "D"), new(ChatRole.User, "E"),
        ];

        await Shaped.Sends(
            Claude,
            $$"""
            {"messages": [
              {"role": "system", "content": [{"type": "text", "text": "Rules.", {{Mark}}}]},
              {"role": "user", "content": "A"},
              {"role": "assistant", "content": "B"},
              {"role": "user", "content": [{"type": "text", "text": "C", {{Mark}}}]},
              {"role": "assistant", "content": "D"},
              {"role": "user", "content": [{"type": "text", "text": "E", {{Mark}}}]}
            ]}
            """,
            history, null, [], options => options.Chat.CachePrompts = true);
        Assert.All(history, message => Assert.Null(message.AdditionalProperties));
    }

    [Fact]
    public async Task The_last_tool_is_marked_on_demand()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        await service.Client(options => options.Chat.CachePrompts = true).GetChatClient(Claude)
            .GetResponseAsync("Hello?", new ChatOptions { Tools = [Tool, AIFunctionFactory.Create(() => 1, "g", "d")] });

        Assert.Equal(
            [false, true],
            JsonDocument.Parse(service.Sent[0].Body).RootElement.GetProperty("tools").EnumerateArray()
                .Select(tool => tool.GetProperty("function").TryGetProperty("cache_control", out _)));
    }

    [Fact]
    public Task A_caller_who_marks_decides_alone() => Shaped.Sends(
        Claude,
        $$"""
        {"messages": [
          {"role": "system", "content": "Rules."},
          {"role": "user", "content": [{"type": "text", "text": "A", {{Mark}}}, {"type": "text", "text": "B"}]}
        ]}
        """,
        [new(ChatRole.System, "Rules."), new ChatMessage(ChatRole.User, "A").WithCacheControl(), new(ChatRole.User, "B")],
        null, [], options => options.Chat.CachePrompts = true);

    [Theory]
    [InlineData("databricks-gpt-5-2")]
    [InlineData("an-alias-of-mine")]
    public Task Nothing_is_marked_for_models_that_are_not_known_to_cache(string endpoint) => Shaped.Sends(
        endpoint,
        """{"messages": [{"role": "user", "content": "Hello?"}]}""",
        Some.Question(), null, [], options => options.Chat.CachePrompts = true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_cached_is_counted(bool isStream)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var chat = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token)).GetChatClient(Claude);
        List<ChatMessage> messages =
        [
            new ChatMessage(ChatRole.System, "Many words that are always the same.").WithCacheControl(), new(ChatRole.User, "Hello?"),
        ];

        var first = await UsageOf();
        var second = await UsageOf();

        Assert.True(first.AdditionalCounts!["cache_creation_input_tokens"] > 0);
        Assert.Equal(first.AdditionalCounts["cache_creation_input_tokens"], second.CachedInputTokenCount);
        Assert.Equal(first.InputTokenCount, second.InputTokenCount);

        async Task<UsageDetails> UsageOf() => (isStream
            ? await chat.GetStreamingResponseAsync(messages).ToChatResponseAsync()
            : await chat.GetResponseAsync(messages)).Usage!;
    }
}
