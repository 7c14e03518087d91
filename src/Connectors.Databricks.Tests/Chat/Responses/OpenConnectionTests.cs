using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses;

/// <summary>A server that keeps the connection open behind a complete response: the stream ends nevertheless.</summary>
public class OpenConnectionTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(40);

    [Theory]
    [InlineData("system.ai.gpt-5-2")]
    [InlineData("databricks-gpt-5-2")]
    [InlineData("databricks-claude-sonnet-4-5")]
    public async Task The_stream_of_a_model_ends_with_its_response(string name)
    {
        var live = new LiveStream();
        await using var updates = Chat(live, name, new FakeClock()).GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();
        await live.SendEvent(TextDelta("Hello"));
        await live.SendEvent(Completed);

        List<ChatResponseUpdate> read = [];
        while (read is not [.., { FinishReason: not null }])
        {
            Assert.True(await updates.MoveNextAsync());
            read.Add(updates.Current);
        }

        Assert.Equal("Hello", read.ToChatResponse().Text);
    }

    [Theory]
    [InlineData("system.ai.gpt-5-2")]
    [InlineData("databricks-gpt-5-2")]
    public async Task The_stream_of_the_emulator_ends_while_it_is_silent_behind_its_last_event(string name)
    {
        await using var emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions { TimeProvider = new FakeClock() });
        emulator.Endpoint(name).GoesSilentFor(TimeSpan.FromHours(1), afterEvents: 1000).Replies("Hello");
        var chat = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(emulator.Token))
            .GetChatClient(name, new DatabricksChatOptions { Api = DatabricksChatApi.Responses });

        await using var updates = chat.GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        await emulator.Endpoint(name).WaitForPauseAsync();
        List<ChatResponseUpdate> read = [updates.Current];
        while (await updates.MoveNextAsync())
        {
            read.Add(updates.Current);
        }

        var response = read.ToChatResponse();
        Assert.Equal(("Hello", ChatFinishReason.Stop), (response.Text, response.FinishReason));
    }

    [Fact]
    public async Task The_stream_of_an_agent_ends_when_nothing_follows()
    {
        var (live, clock) = (new LiveStream(), new FakeClock());
        await live.SendEvent(TextDelta("Hello"));
        await live.SendEvent(Completed);
        await live.SendEvent("""{"trace_id":"tr-1"}""");
        var reading = Exchange.Collect(Chat(live, "travel", clock));

        await clock.TimerDueIn(Idle);
        clock.Advance(Idle);

        var response = (await reading).ToChatResponse();
        Assert.Equal(("Hello", "tr-1", ChatFinishReason.Stop), (response.Text, response.GetTraceId(), response.FinishReason));
    }

    [Theory]
    [InlineData("travel")]
    [InlineData("claude-travel-agent")]
    public async Task A_second_response_of_an_agent_is_read(string name)
    {
        var service = new VerbatimService().Streams(Exchange.Events(
            Created, TextDelta("Let me look. ", "msg_1"), Completed, Created, TextDelta("Found.", "msg_2"), Completed, "[DONE]"));
        var chat = service.Client().GetChatClient(name, new DatabricksChatOptions { Api = DatabricksChatApi.Responses });

        Assert.Equal("Let me look. Found.", string.Concat((await Exchange.Collect(chat)).Select(update => update.Text)));
    }

    [Fact]
    public async Task Silence_before_the_end_of_the_response_is_a_failure()
    {
        var (live, clock) = (new LiveStream(), new FakeClock());
        await live.SendEvent(TextDelta("Hello"));
        var reading = Exchange.Collect(Chat(live, "travel", clock));

        await clock.TimerDueIn(Idle);
        clock.Advance(Idle);

        Assert.IsType<TimeoutException>((await Assert.ThrowsAsync<DatabricksServingException>(() => reading)).InnerException);
    }

    private static IChatClient Chat(LiveStream live, string name, FakeClock clock) => new VerbatimService().Streams(live.Body)
        .Client(options =>
        {
            options.TimeProvider = clock;
            options.StreamIdleTimeout = Idle;
        })
        .GetChatClient(name, new DatabricksChatOptions { Api = DatabricksChatApi.Responses });
}
