using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.StreamLaws.Chunks;

namespace Connectors.Databricks.Tests.Chat.StreamLaws;

/// <summary>Fragments of tool calls join by index, else by id, else to the last open call; a call is emitted once it is complete.</summary>
public class Law6ToolCallsTests
{
    private static async Task<List<FunctionCallContent>> Calls(params string[] data)
    {
        var updates = await Exchange.ReadsStream([.. data, "[DONE]"]);
        return [.. updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>()];
    }

    [Fact]
    public async Task Fragments_join_by_index_even_when_they_are_interleaved()
    {
        var calls = await Calls(
            Call(""" "index":0,"id":"a","type":"function","function":{"name":"one","arguments":""} """),
            Call(""" "index":1,"id":"b","type":"function","function":{"name":"two","arguments":"{\"y\":"} """),
            Call(""" "index":0,"function":{"arguments":"{\"x\""} """),
            Call(""" "index":1,"id":"","function":{"arguments":"2}"} """),
            Call(""" "index":0,"id":null,"function":{"arguments":":1}"} """));

        Assert.Equal(
            [("a", "one", "x", "1"), ("b", "two", "y", "2")],
            calls.Select(call => (call.CallId, call.Name, call.Arguments!.Single().Key, call.Arguments!.Single().Value!.ToString()!)));
    }

    [Fact]
    public async Task Fragments_without_an_index_join_by_id_else_to_the_last_open_call()
    {
        var calls = await Calls(
            Call(""" "id":"a","type":"function","function":{"name":"one","arguments":""} """),
            Call(""" "function":{"arguments":"{\"x\":"} """),
            Call(""" "id":"b","function":{"name":"two","arguments":"{\"y\":"} """),
            Call(""" "id":"a","function":{"arguments":"1}"} """),
            Call(""" "id":"b","function":{"arguments":"2}"} """));

        Assert.Equal([("a", "1"), ("b", "2")], calls.Select(call => (call.CallId, call.Arguments!.Single().Value!.ToString()!)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(""" "index":0, """)]
    public async Task Whole_calls_with_one_id_are_calls_of_their_own(string index)
    {
        var calls = await Calls(
            Call($$""" {{index}} "id":"call_0","function":{"name":"one","arguments":"{\"x\":1}"} """),
            Call($$""" {{index}} "id":"call_0","function":{"name":"one","arguments":"{\"x\":2}"} """));

        Assert.Equal([("call_0", "1"), ("call_0-1", "2")], calls.Select(call => (call.CallId, call.Arguments!["x"]!.ToString()!)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(""" "index":0, """)]
    public async Task A_name_that_is_repeated_on_every_fragment_opens_one_call(string index)
    {
        var calls = await Calls(
            Call($$""" {{index}} "id":"a","function":{"name":"one","arguments":"{\"x\":"} """),
            Call($$""" {{index}} "id":"a","function":{"name":"one","arguments":"1}"} """),
            Call($$""" {{index}} "id":"a","function":{"name":"one","arguments":""} """));

        Assert.Equal("1", Assert.Single(calls).Arguments!["x"]!.ToString());
    }

    [Fact]
    public async Task Calls_are_emitted_once_and_only_when_they_are_complete()
    {
        var updates = await Exchange.ReadsStream(
            Delta(""" "role":"assistant","content":"Let me look." """),
            Call(""" "index":0,"id":"a","function":{"name":"look","arguments":"{\"q\":"} """),
            Call(""" "index":0,"function":{"arguments":"\"sky\"}"} """),
            """{"id":"m1","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
            "[DONE]");

        var call = Assert.Single(updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>());
        Assert.Equal("sky", call.Arguments!["q"]!.ToString());
        Assert.Equal(ChatFinishReason.ToolCalls, updates.ToChatResponse().FinishReason);
    }

    [Fact]
    public async Task A_call_that_is_cut_in_the_middle_is_never_emitted()
    {
        var updates = new List<ChatResponseUpdate>();
        var service = new VerbatimService().Streams(
            Exchange.Events(Hello, Call(""" "index":0,"id":"a","function":{"name":"pay","arguments":"{\"eur\":1"} """)));

        await Assert.ThrowsAsync<DatabricksServingException>(async () =>
        {
            await foreach (var update in service.Chat().GetStreamingResponseAsync(Some.Question()))
            {
                updates.Add(update);
            }
        });

        Assert.Equal("Hello", Assert.Single(updates).Text);
    }

    [Fact]
    public async Task A_call_opened_without_an_index_goes_on_with_one()
    {
        var calls = await Calls(
            Call(""" "id":"a","function":{"name":"one","arguments":"{\"x\":"} """),
            Call(""" "index":0,"function":{"arguments":"1"} """),
            Call(""" "index":0,"function":{"arguments":"}"} """));

        Assert.Equal("1", Assert.Single(calls).Arguments!["x"]!.ToString());
    }

    [Fact]
    public async Task Claudes_placeholder_is_dropped()
    {
        var calls = await Calls(
            Call(""" "index":0,"id":"toolu_1","function":{"name":"look","arguments":"{}"} """),
            Call(""" "index":0,"function":{"arguments":"{\"q\":"} """),
            Call(""" "index":0,"function":{"arguments":"1}"} """));

        Assert.Equal("1", Assert.Single(calls).Arguments!["q"]!.ToString());
    }

    [Fact]
    public async Task An_empty_object_that_stays_alone_is_no_placeholder() =>
        Assert.Empty(
            Assert.Single(await Calls(Call(""" "index":0,"id":"toolu_1","function":{"name":"now","arguments":"{}"} """))).Arguments!);

    [Fact]
    public async Task A_name_may_arrive_after_the_id_and_arguments_may_be_null()
    {
        var calls = await Calls(
            Call(""" "index":0,"id":"a","function":{"arguments":null} """),
            Call(""" "index":0,"function":{"name":"now","arguments":null} """));

        Assert.Equal(("a", "now"), (Assert.Single(calls).CallId, calls[0].Name));
    }

    [Fact]
    public async Task Parallel_calls_that_share_one_index_are_kept_apart_by_id()
    {
        var calls = await Calls(
            Call(""" "index":0,"id":"a","function":{"name":"one","arguments":"{}"} """),
            Call(""" "index":0,"id":"b","function":{"name":"two","arguments":"{}"} """));

        Assert.Equal(["one", "two"], calls.Select(call => call.Name));
    }

    [Fact]
    public async Task Calls_without_index_and_id_are_kept_apart_by_name()
    {
        var calls = await Calls(
            Call(""" "function":{"name":"one","arguments":"{\"x\":1}"} """),
            Call(""" "function":{"name":"two","arguments":"{}"} """));

        Assert.Equal([("one", "m1-call-0"), ("two", "m1-call-1")], calls.Select(call => (call.Name, call.CallId)));
    }

    [Fact]
    public async Task Null_content_between_fragments_adds_nothing()
    {
        var updates = await Exchange.ReadsStream(
            Delta(""" "content":null,"tool_calls":[{"index":0,"id":"a","function":{"name":"now","arguments":""}}] """),
            Delta(""" "content":null """),
            Delta(""" "content":"","tool_calls":[{"index":0,"function":{"arguments":"{}"}}] """),
            "[DONE]");

        Assert.Single(updates.ToChatResponse().Messages[0].Contents);
    }
}
