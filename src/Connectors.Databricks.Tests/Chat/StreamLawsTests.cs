using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat;

/// <summary>The nine laws of a stream (docs/architecture.md), under their numbers.</summary>
public class StreamLawsTests
{
    private const string Hello = """{"id":"m1","model":"some-model","choices":[{"index":0,"delta":{"role":"assistant","content":"Hello"}}]}""";
    private const string World = """{"id":"m1","model":"some-model","choices":[{"index":0,"delta":{"content":" world"},"finish_reason":"stop"}]}""";

    private static string Delta(string members) => $$"""{"id":"m1","choices":[{"index":0,"delta":{ {{members}} } }]}""";

    private static string Call(string members) => Delta($$"""  "tool_calls":[{ {{members}} }] """);

    private static async Task<List<FunctionCallContent>> Calls(params string[] data)
    {
        var updates = await Exchange.ReadsStream([.. data, "[DONE]"]);
        return [.. updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>()];
    }

    // Law 1

    [Fact]
    public async Task Law_1_nothing_is_yielded_before_the_status_is_known_good()
    {
        var service = new VerbatimService().Answers("""{"error_code":"BAD_REQUEST","message":"No."}""", HttpStatusCode.BadRequest);
        await using var updates = service.Chat().GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => updates.MoveNextAsync().AsTask());

        Assert.Equal((HttpStatusCode.BadRequest, "BAD_REQUEST"), (exception.StatusCode, exception.ErrorCode));
    }

    [Fact]
    public async Task Law_1_a_failure_before_the_first_update_is_retried()
    {
        var service = new VerbatimService()
            .Answers("""{"error_code":"TEMPORARILY_UNAVAILABLE","message":"Busy."}""", HttpStatusCode.ServiceUnavailable, headers: ("retry-after", "0"))
            .Streams(Exchange.Events(Hello, World, "[DONE]"));

        var updates = await Exchange.Collect(service.Chat(options => options.MaxRetries = 1));

        Assert.Equal("Hello world", updates.ToChatResponse().Text);
        Assert.Equal(2, service.Sent.Count);
    }

    [Fact]
    public async Task Law_1_nothing_is_retried_after_the_first_update()
    {
        var live = new LiveStream();
        var service = new VerbatimService().Streams(live.Body);
        await using var updates = service.Chat(options => options.MaxRetries = 5).GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();
        await live.SendEvent(Hello);
        Assert.True(await updates.MoveNextAsync());

        live.Break();

        await Assert.ThrowsAsync<DatabricksServingException>(() => updates.MoveNextAsync().AsTask());
        Assert.Single(service.Sent);
    }

    // Law 2

    [Theory]
    [InlineData(": keep-alive\n\n")]
    [InlineData(":\n\n")]
    [InlineData("event: ping\ndata: {\"type\":\"ping\"}\n\n")]
    [InlineData("event: ping\ndata: not json at all\n\n")]
    [InlineData("data: {\"trace_id\":\"tr-1\"}\n\n")]
    [InlineData("data: {\"type\":\"something.new\",\"delta\":\"text\"}\n\n")]
    [InlineData("data: {\"choices\":[]}\n\n")]
    [InlineData("data: {\"choices\":null}\n\n")]
    [InlineData("data: null\n\n")]
    [InlineData("data: []\n\n")]
    [InlineData("data: {}\n\n")]
    [InlineData("id: 7\nretry: 100\nunknown: field\n\n")]
    [InlineData("\n\n\n")]
    public async Task Law_2_unknown_events_and_comments_are_skipped_and_never_end_the_stream(string intruder)
    {
        var sse = intruder + Exchange.Events(Hello) + intruder + Exchange.Events(World) + intruder + Exchange.Events("[DONE]");

        var updates = await Exchange.Collect(new VerbatimService().Streams(sse).Chat());

        Assert.Equal("Hello world", updates.ToChatResponse().Text);
    }

    [Theory]
    [InlineData("\n", "data: ")]
    [InlineData("\r\n", "data: ")]
    [InlineData("\r", "data: ")]
    [InlineData("\n", "data:")]
    [InlineData("\r\n", "data:")]
    public async Task Law_2_every_line_end_and_a_missing_space_parse(string lineEnd, string field)
    {
        var sse = string.Concat(new[] { Hello, World, "[DONE]" }.Select(data => field + data + lineEnd + lineEnd));

        var updates = await Exchange.Collect(new VerbatimService().Streams(sse).Chat());

        Assert.Equal("Hello world", updates.ToChatResponse().Text);
    }

    // Law 3

    [Theory]
    [InlineData("""{"error":{"message":"Model overloaded","type":"server_error","code":"overloaded"}}""", "overloaded", "Model overloaded")]
    [InlineData("""{"error":"Model overloaded"}""", null, "Model overloaded")]
    [InlineData("""{"error_code":"INTERNAL_ERROR","message":"Model overloaded"}""", "INTERNAL_ERROR", "Model overloaded")]
    [InlineData("""{"type":"error","code":"overloaded","message":"Model overloaded","param":null,"sequence_number":3}""", "overloaded", "Model overloaded")]
    public async Task Law_3_an_error_object_inside_a_good_stream_throws(string error, string? code, string message)
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.ReadsStream(Hello, error, "[DONE]"));

        Assert.Equal((code, message), (exception.ErrorCode, exception.ServiceMessage));
        Assert.True(exception.IsTransient);
        Assert.Contains("the stream broke off with an error", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Law_3_an_error_event_of_the_Anthropic_form_throws()
    {
        var sse = Exchange.Events(Hello) + "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.Collect(new VerbatimService().Streams(sse).Chat()));

        Assert.Equal(("overloaded_error", "Overloaded"), (exception.ErrorCode, exception.ServiceMessage));
    }

    [Theory]
    [InlineData("")]
    [InlineData("data: {\"id\":\"m1\",\"choi")]
    public async Task Law_3_a_stream_that_ends_with_neither_finish_reason_nor_end_marker_throws(string rest)
    {
        var service = new VerbatimService().Streams(Exchange.Events(Hello) + rest);

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.Collect(service.Chat()));

        Assert.Contains("the stream ended before its end marker", exception.Message, StringComparison.Ordinal);
        Assert.True(exception.IsTransient);
    }

    [Fact]
    public async Task Law_3_a_broken_connection_throws_with_what_broke_it()
    {
        var live = new LiveStream();
        await live.SendEvent(Hello);
        live.Break();

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.Collect(new VerbatimService().Streams(live.Body).Chat()));

        Assert.IsType<IOException>(exception.InnerException);
    }

    [Fact]
    public async Task Law_3_a_finish_reason_is_end_enough()
    {
        var updates = await Exchange.ReadsStream(Hello, World);

        Assert.Equal("Hello world", updates.ToChatResponse().Text);
    }

    [Fact]
    public async Task Law_3_an_end_marker_without_a_line_end_counts()
    {
        var updates = await Exchange.Collect(new VerbatimService().Streams(Exchange.Events(Hello) + "data: [DONE]").Chat());

        Assert.Equal("Hello", updates.ToChatResponse().Text);
    }

    [Fact]
    public async Task Law_3_one_finished_choice_does_not_finish_the_other()
    {
        var two = """{"id":"m1","choices":[{"index":1,"delta":{"content":"Cut"}}]}""";

        await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.ReadsStream(World, two));
    }

    [Theory]
    [InlineData("[DONE]")]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":1}}""", "[DONE]")]
    public async Task Law_3_a_stream_without_any_answer_throws(params string[] data)
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.ReadsStream(data));

        Assert.Contains("a stream without a single choice or message", exception.Message, StringComparison.Ordinal);
    }

    // Law 4

    [Fact]
    public async Task Law_4_cancellation_throws_with_the_callers_token()
    {
        using var cancellation = new CancellationTokenSource();
        var live = new LiveStream();
        await using var updates = new VerbatimService().Streams(live.Body).Chat()
            .GetStreamingResponseAsync(Some.Question(), cancellationToken: cancellation.Token).GetAsyncEnumerator(CancellationToken.None);
        await live.SendEvent(Hello);
        Assert.True(await updates.MoveNextAsync());
        var waiting = updates.MoveNextAsync().AsTask();

        await cancellation.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task Law_4_cancellation_is_seen_between_updates_that_are_there_already()
    {
        using var cancellation = new CancellationTokenSource();
        await using var updates = new VerbatimService().Streams(Exchange.Events(Hello, World, "[DONE]")).Chat()
            .GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator(cancellation.Token);
        Assert.True(await updates.MoveNextAsync());

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => updates.MoveNextAsync().AsTask());
    }

    [Fact]
    public async Task Law_4_silence_beyond_the_idle_time_out_throws_a_time_out()
    {
        var clock = new ManualClock();
        var live = new LiveStream();
        var idle = TimeSpan.FromSeconds(30);
        var chat = new VerbatimService().Streams(live.Body).Chat(options => (options.TimeProvider, options.StreamIdleTimeout) = (clock, idle));
        await using var updates = chat.GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();
        await live.SendEvent(Hello);
        Assert.True(await updates.MoveNextAsync());
        var waiting = updates.MoveNextAsync().AsTask();
        await clock.TimerWithin(idle);

        clock.Advance(idle - TimeSpan.FromTicks(1));
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromTicks(1));

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => waiting);
        Assert.IsType<TimeoutException>(exception.InnerException);
        Assert.Contains("nothing arrived for 00:00:30", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Law_4_a_slow_reader_is_not_a_silent_service()
    {
        var clock = new ManualClock();
        var live = new LiveStream();
        var chat = new VerbatimService().Streams(live.Body).Chat(options => (options.TimeProvider, options.StreamIdleTimeout) = (clock, TimeSpan.FromSeconds(30)));
        await using var updates = chat.GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();
        await live.SendEvent(Hello);
        Assert.True(await updates.MoveNextAsync());

        clock.Advance(TimeSpan.FromHours(1));
        await live.SendEvent(World);

        Assert.True(await updates.MoveNextAsync());
        Assert.Equal(" world", updates.Current.Text);
    }

    // Law 5

    [Fact]
    public async Task Law_5_cumulative_usage_is_taken_once_and_last()
    {
        var updates = await Exchange.ReadsStream(
            """{"id":"m1","choices":[{"index":0,"delta":{"content":"a"}}],"usage":{"prompt_tokens":16,"completion_tokens":1,"total_tokens":17}}""",
            """{"id":"m1","choices":[{"index":0,"delta":{"content":"b"}}],"usage":{"prompt_tokens":16,"completion_tokens":2,"total_tokens":18}}""",
            """{"id":"m1","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}],"usage":{"prompt_tokens":16,"completion_tokens":3,"total_tokens":19}}""",
            "[DONE]");

        var usage = Assert.Single(updates.SelectMany(update => update.Contents).OfType<UsageContent>()).Details;
        Assert.Equal((16, 3, 19), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
    }

    [Fact]
    public async Task Law_5_the_last_value_of_each_field_that_is_not_null_wins()
    {
        var updates = await Exchange.ReadsStream(
            """{"id":"m1","choices":[{"index":0,"delta":{"content":"a"}}],"usage":{"prompt_tokens":586,"completion_tokens":null,"total_tokens":null}}""",
            """{"id":"m1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":null,"completion_tokens":7,"total_tokens":593}}""",
            """{"id":"m1","choices":[],"usage":null}""",
            "[DONE]");

        var usage = updates.ToChatResponse().Usage!;
        Assert.Equal((586, 7, 593), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
    }

    [Fact]
    public async Task Law_5_usage_behind_the_finish_reason_is_taken()
    {
        var updates = await Exchange.ReadsStream(Hello, World, """{"id":"m1","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}""", "[DONE]");

        Assert.Equal(3, updates.ToChatResponse().Usage!.TotalTokenCount);
    }

    [Fact]
    public async Task Law_5_a_stream_without_usage_has_no_usage_content()
    {
        var updates = await Exchange.ReadsStream(Hello, World, "[DONE]");

        Assert.Empty(updates.SelectMany(update => update.Contents).OfType<UsageContent>());
    }

    // Law 6

    [Fact]
    public async Task Law_6_fragments_join_by_index_even_when_they_are_interleaved()
    {
        var calls = await Calls(
            Call(""" "index":0,"id":"a","type":"function","function":{"name":"one","arguments":""} """),
            Call(""" "index":1,"id":"b","type":"function","function":{"name":"two","arguments":"{\"y\":"} """),
            Call(""" "index":0,"function":{"arguments":"{\"x\""} """),
            Call(""" "index":1,"id":"","function":{"arguments":"2}"} """),
            Call(""" "index":0,"id":null,"function":{"arguments":":1}"} """));

        Assert.Equal([("a", "one", "x", "1"), ("b", "two", "y", "2")], calls.Select(call => (call.CallId, call.Name, call.Arguments!.Single().Key, call.Arguments!.Single().Value!.ToString()!)));
    }

    [Fact]
    public async Task Law_6_fragments_without_an_index_join_by_id_else_to_the_last_open_call()
    {
        var calls = await Calls(
            Call(""" "id":"a","type":"function","function":{"name":"one","arguments":""} """),
            Call(""" "function":{"arguments":"{\"x\":"} """),
            Call(""" "id":"b","function":{"name":"two","arguments":"{\"y\":"} """),
            Call(""" "id":"a","function":{"arguments":"1}"} """),
            Call(""" "id":"b","function":{"arguments":"2}"} """));

        Assert.Equal([("a", "1"), ("b", "2")], calls.Select(call => (call.CallId, call.Arguments!.Single().Value!.ToString()!)));
    }

    [Fact]
    public async Task Law_6_calls_are_emitted_once_and_only_when_they_are_complete()
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
    public async Task Law_6_a_call_that_is_cut_in_the_middle_is_never_emitted()
    {
        var updates = new List<ChatResponseUpdate>();
        var service = new VerbatimService().Streams(Exchange.Events(Hello, Call(""" "index":0,"id":"a","function":{"name":"pay","arguments":"{\"eur\":1"} """)));

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
    public async Task Law_6_Claudes_placeholder_is_dropped()
    {
        var calls = await Calls(
            Call(""" "index":0,"id":"toolu_1","function":{"name":"look","arguments":"{}"} """),
            Call(""" "index":0,"function":{"arguments":"{\"q\":"} """),
            Call(""" "index":0,"function":{"arguments":"1}"} """));

        Assert.Equal("1", Assert.Single(calls).Arguments!["q"]!.ToString());
    }

    [Fact]
    public async Task Law_6_an_empty_object_that_stays_alone_is_no_placeholder() =>
        Assert.Empty(Assert.Single(await Calls(Call(""" "index":0,"id":"toolu_1","function":{"name":"now","arguments":"{}"} """))).Arguments!);

    [Fact]
    public async Task Law_6_a_name_may_arrive_after_the_id_and_arguments_may_be_null()
    {
        var calls = await Calls(
            Call(""" "index":0,"id":"a","function":{"arguments":null} """),
            Call(""" "index":0,"function":{"name":"now","arguments":null} """));

        Assert.Equal(("a", "now"), (Assert.Single(calls).CallId, calls[0].Name));
    }

    [Fact]
    public async Task Law_6_parallel_calls_that_share_one_index_are_kept_apart_by_id()
    {
        var calls = await Calls(
            Call(""" "index":0,"id":"a","function":{"name":"one","arguments":"{}"} """),
            Call(""" "index":0,"id":"b","function":{"name":"two","arguments":"{}"} """));

        Assert.Equal(["one", "two"], calls.Select(call => call.Name));
    }

    [Fact]
    public async Task Law_6_calls_without_index_and_id_are_kept_apart_by_name()
    {
        var calls = await Calls(
            Call(""" "function":{"name":"one","arguments":"{\"x\":1}"} """),
            Call(""" "function":{"name":"two","arguments":"{}"} """));

        Assert.Equal([("one", "m1-call-0"), ("two", "m1-call-1")], calls.Select(call => (call.Name, call.CallId)));
    }

    [Fact]
    public async Task Law_6_null_content_between_fragments_adds_nothing()
    {
        var updates = await Exchange.ReadsStream(
            Delta(""" "content":null,"tool_calls":[{"index":0,"id":"a","function":{"name":"now","arguments":""}}] """),
            Delta(""" "content":null """),
            Delta(""" "content":"","tool_calls":[{"index":0,"function":{"arguments":"{}"}}] """),
            "[DONE]");

        Assert.Single(updates.ToChatResponse().Messages[0].Contents);
    }

    // Law 7

    [Theory]
    [InlineData("coffee_break", "coffee_break")]
    [InlineData("end_turn", "stop")]
    [InlineData("max_tokens", "length")]
    public async Task Law_7_unknown_finish_reasons_are_kept_as_text(string wire, string expected)
    {
        var updates = await Exchange.ReadsStream(Hello, $$"""{"id":"m1","choices":[{"index":0,"delta":{},"finish_reason":"{{wire}}"}]}""", "[DONE]");

        Assert.Equal(new ChatFinishReason(expected), updates.ToChatResponse().FinishReason);
    }

    [Fact]
    public async Task Law_7_a_missing_finish_reason_is_stop_at_the_end_marker() =>
        Assert.Equal(ChatFinishReason.Stop, (await Exchange.ReadsStream(Hello, "[DONE]")).ToChatResponse().FinishReason);

    [Fact]
    public async Task Law_7_a_missing_finish_reason_is_tool_calls_when_there_are_calls()
    {
        var updates = await Exchange.ReadsStream(Call(""" "id":"a","function":{"name":"now","arguments":"{}"} """), "[DONE]");

        Assert.Equal(ChatFinishReason.ToolCalls, updates.ToChatResponse().FinishReason);
    }

    [Fact]
    public async Task Law_7_an_empty_finish_reason_is_a_missing_one()
    {
        var updates = await Exchange.ReadsStream("""{"id":"m1","choices":[{"index":0,"delta":{"content":"Hi."},"finish_reason":""}]}""", "[DONE]");

        Assert.Equal(ChatFinishReason.Stop, updates.ToChatResponse().FinishReason);
    }

    [Fact]
    public async Task Law_7_the_finish_reason_is_set_on_one_update()
    {
        var updates = await Exchange.ReadsStream(Hello, World, """{"id":"m1","choices":[],"usage":{"prompt_tokens":1}}""", "[DONE]");

        Assert.Single(updates, update => update.FinishReason is not null);
    }

    // Law 8

    [Fact]
    public async Task Law_8_signed_reasoning_goes_back_unchanged_on_the_next_turn()
    {
        var service = new VerbatimService()
            .Streams(Exchange.Events(
                Delta(""" "role":"assistant","content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Let ","signature":""}]}] """),
                Delta(""" "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"me\u0020see.","signature":""}]}] """),
                Delta(""" "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"","signature":"Eq/oB+=="}]}] """),
                Delta(""" "content":[{"type":"text","text":"Blue."}] """),
                "[DONE]"))
            .Answers(Some.ChatBody);

        await SecondTurn(service);

        JsonText.AssertEqual(
            """
            {"messages":[
              {"role":"user","content":"Hello?"},
              {"role":"assistant","content":[
                {"type":"reasoning","summary":[{"type":"summary_text","text":"Let me see.","signature":"Eq/oB+=="}]},
                {"type":"text","text":"Blue."}]},
              {"role":"user","content":"Sure?"}]}
            """,
            service.Sent[1].Body);
    }

    [Fact]
    public async Task Law_8_encrypted_and_unsigned_reasoning_go_back_in_their_order()
    {
        var service = new VerbatimService()
            .Streams(Exchange.Events(
                Delta(""" "content":[{"type":"reasoning","summary":[{"type":"summary_encrypted_text","data":"c2Vj"}]}] """),
                Delta(""" "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Think"}]}] """),
                Delta(""" "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":" more."}]}] """),
                Delta(""" "content":"Blue." """),
                "[DONE]"))
            .Answers(Some.ChatBody);

        await SecondTurn(service);

        JsonText.AssertEqual(
            """
            {"messages":[
              {"role":"user","content":"Hello?"},
              {"role":"assistant","content":[
                {"type":"reasoning","summary":[{"type":"summary_encrypted_text","data":"c2Vj"}]},
                {"type":"reasoning","summary":[{"type":"summary_text","text":"Think more."}]},
                {"type":"text","text":"Blue."}]},
              {"role":"user","content":"Sure?"}]}
            """,
            service.Sent[1].Body);
    }

    [Fact]
    public async Task Law_8_reasoning_beside_the_content_goes_back_beside_it()
    {
        var service = new VerbatimService()
            .Streams(Exchange.Events(Delta(""" "reasoning_content":"Think" """), Delta(""" "reasoning_content":" more." """), Delta(""" "content":"Blue." """), "[DONE]"))
            .Answers(Some.ChatBody);

        await SecondTurn(service);

        JsonText.AssertEqual(
            """
            {"messages":[
              {"role":"user","content":"Hello?"},
              {"role":"assistant","content":"Blue.","reasoning_content":"Think more."},
              {"role":"user","content":"Sure?"}]}
            """,
            service.Sent[1].Body);
    }

    [Fact]
    public async Task Law_8_items_of_one_part_go_back_in_one_part()
    {
        const string content =
            """
            [{"type":"reasoning","summary":[
                {"type":"summary_text","text":"One","signature":"s1"},
                {"type":"summary_encrypted_text","data":"c2Vj"},
                {"type":"summary_text","text":"Two"}]},
             {"type":"reasoning","summary":[{"type":"summary_text","text":"Three"}]},
             {"type":"text","text":"Blue."}]
            """;
        var service = new VerbatimService()
            .Answers($$$"""{"choices":[{"message":{"role":"assistant","content":{{{content}}} },"finish_reason":"stop"}]}""")
            .Answers(Some.ChatBody);
        var chat = service.Chat();
        var conversation = Some.Question().ToList();
        conversation.AddMessages(await chat.GetResponseAsync(conversation));

        await chat.GetResponseAsync(conversation);

        JsonText.AssertEqual(
            $$"""{"messages":[{"role":"user","content":"Hello?"},{"role":"assistant","content":{{content}} }]}""", service.Sent[1].Body);
    }

    [Fact]
    public async Task Law_8_two_signed_blocks_stay_two()
    {
        var updates = await Exchange.ReadsStream(
            Delta(""" "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"One","signature":"s1"}]}] """),
            Delta(""" "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Two","signature":""}]}] """),
            Delta(""" "content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"","signature":"s2"}]}] """),
            "[DONE]");

        Assert.Equal(
            [("One", "databricks:signature:s1"), ("Two", "databricks:signature:s2")],
            updates.ToChatResponse().Messages[0].Contents.Cast<TextReasoningContent>().Select(reasoning => (reasoning.Text, reasoning.ProtectedData)));
    }

    private static async Task SecondTurn(VerbatimService service)
    {
        var chat = service.Chat(options => options.IncludeUsageInStreams = false);
        var conversation = Some.Question().ToList();
        conversation.AddMessages(await Exchange.Collect(chat));
        conversation.Add(new ChatMessage(ChatRole.User, "Sure?"));
        await chat.GetResponseAsync(conversation);
    }

    // Law 9

    [Fact]
    public async Task Law_9_text_reaches_the_caller_while_the_stream_is_still_open()
    {
        var live = new LiveStream();
        await using var updates = new VerbatimService().Streams(live.Body).Chat().GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();

        await live.SendEvent(Hello);
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal("Hello", updates.Current.Text);

        await live.Send("data: {\"id\":\"m1\",\"choices\":[{\"index\":0,\"del");
        var waiting = updates.MoveNextAsync();
        Assert.False(waiting.IsCompleted);
        await live.Send("ta\":{\"content\":\" there\"}}]}\n\n");
        Assert.True(await waiting);
        Assert.Equal(" there", updates.Current.Text);
    }
}
