using System.Threading.Channels;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>Streams that break, servers that crash, and runs that fail.</summary>
public class AgentRunTests
{
    private const string Text = "One two three four.";

    [Theory]
    [InlineData(EmulatedAgentServer.LongRunning, 0)]
    [InlineData(EmulatedAgentServer.LongRunning, 2)]
    [InlineData(EmulatedAgentServer.Invocations, 0)]
    [InlineData(EmulatedAgentServer.Invocations, 2)]
    public async Task A_stream_that_the_proxy_cuts_is_opened_again(EmulatedAgentServer server, int overlap)
    {
        await using var workspace = await OpenAsync(server);
        workspace.App.HoldsEvents().OverlapsReplays(overlap);
        workspace.App.ReleaseEvents(1);
        var read = Channel.CreateUnbounded<ChatResponseUpdate>();
        var reading = ReadAsync(workspace, read.Writer);
        var text = (await read.Reader.ReadAsync()).Text + (await read.Reader.ReadAsync()).Text;
        string[] first = server == EmulatedAgentServer.LongRunning ? ["POST"] : ["POST", "GET"];
        foreach (var _ in first)
        {
            await workspace.App.WaitForRequestAsync();
        }

        for (var cut = 1; cut <= 3; cut++)
        {
            workspace.App.ReleaseEvents(1);
            text += (await read.Reader.ReadAsync()).Text;
            var reopened = workspace.App.WaitForRequestAsync();
            workspace.Clock.Advance(TimeSpan.FromSeconds(120));
            await ReopenedAsync(workspace, reopened);
        }

        workspace.App.ReleaseEvents();
        await reading;

        Assert.Equal(Text, text + string.Concat(await read.Reader.ReadAllAsync().Select(update => update.Text).ToListAsync()));
        Assert.Equal([.. first, "GET", "GET", "GET"], workspace.App.Requests.Select(request => request.Method));
        Assert.Single(workspace.App.Runs);
    }

    [Theory]
    [InlineData(EmulatedAgentServer.LongRunning)]
    [InlineData(EmulatedAgentServer.Invocations)]
    public async Task A_foreground_run_that_the_proxy_cuts_points_to_background_responses(EmulatedAgentServer server)
    {
        await using var workspace = await OpenAsync(server);
        workspace.App.HoldsEvents();
        var running = Agent(workspace).GetResponseAsync(AgentWorkspace.Say(Text));
        await workspace.Clock.TimerDueIn(TimeSpan.FromSeconds(120));

        workspace.Clock.Advance(TimeSpan.FromSeconds(120));
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => running);

        Assert.Equal(DatabricksServingErrorKind.Timeout, exception.Kind);
        Assert.Contains("ChatOptions.AllowBackgroundResponses", exception.Message, StringComparison.Ordinal);
        Assert.Single(workspace.App.Requests);
    }

    [Fact]
    public async Task A_crash_begins_another_message_and_another_conversation()
    {
        await using var workspace = await OpenAsync();
        workspace.App.Crashes(afterEvents: 5, Text);

        var updates = await Agent(workspace)
            .GetStreamingResponseAsync(AgentWorkspace.Say(Text), AgentWorkspace.Background(session: "c1")).ToListAsync();

        var resumed = updates.FindIndex(update => Attempt(update) is not null);
        Assert.All(updates[..resumed], update => Assert.Equal("c1", update.ConversationId));
        Assert.All(updates[resumed..], update => Assert.Equal("c1::attempt-2", update.ConversationId));
        Assert.All(updates[resumed..], update => Assert.Equal(2L, Attempt(update)));
        Assert.Equal(Text, string.Concat(updates[resumed..].Select(update => update.Text)));
        Assert.Empty(Messages(updates[..resumed]).Intersect(Messages(updates[resumed..])));
    }

    [Fact]
    public async Task A_poll_returns_the_last_attempt()
    {
        await using var workspace = await OpenAsync();
        workspace.App.Crashes(afterEvents: 5, Text);
        var started = await Agent(workspace).GetResponseAsync(AgentWorkspace.Say(Text), AgentWorkspace.Background(session: "c1"));
        await workspace.App.Runs[0].WaitForEndAsync();

        var finished = await Agent(workspace).GetResponseAsync([], AgentWorkspace.Background(started.ContinuationToken));

        Assert.Equal((Text, "c1::attempt-2"), (finished.Text, finished.ConversationId));
        Assert.Null(finished.ContinuationToken);
    }

    [Theory]
    [InlineData(EmulatedAgentServer.LongRunning)]
    [InlineData(EmulatedAgentServer.Invocations)]
    public async Task A_failed_run_ends_with_its_code_in_a_stream_and_in_a_poll(EmulatedAgentServer server)
    {
        await using var workspace = await OpenAsync(server);
        workspace.App.Fails("task_timeout", "Task timed out", afterEvents: 3).Fails("task_timeout", "Task timed out", afterEvents: 3);
        var agent = Agent(workspace);

        var streamed = await Assert.ThrowsAsync<DatabricksServingException>(
            async () => await agent.GetStreamingResponseAsync(AgentWorkspace.Say(Text), AgentWorkspace.Background()).ToListAsync());
        var started = await agent.GetResponseAsync(AgentWorkspace.Say(Text), AgentWorkspace.Background());
        await workspace.App.Runs[1].WaitForEndAsync();
        var polled = await Assert.ThrowsAsync<DatabricksServingException>(
            () => agent.GetResponseAsync([], AgentWorkspace.Background(started.ContinuationToken)));

        Assert.All([streamed, polled], exception =>
        {
            Assert.Equal(DatabricksServingErrorKind.AgentRunFailed, exception.Kind);
            Assert.Equal(("task_timeout", "Task timed out", false), (exception.ErrorCode, exception.ServiceMessage, exception.IsTransient));
        });
        Assert.Equal(2, workspace.App.Runs.Count);
    }

    // With raw updates, each event has one; the first one has only the token.
    private static async Task ReadAsync(AgentWorkspace workspace, ChannelWriter<ChatResponseUpdate> read)
    {
        var agent = workspace.Serving(options => options.Chat.IncludeRawUpdates = true).GetAgentClient($"apps/{workspace.App.Name}");
        await foreach (var update in agent.GetStreamingResponseAsync(AgentWorkspace.Say(Text), AgentWorkspace.Background()))
        {
            Assert.True(read.TryWrite(update));
        }

        read.Complete();
    }

    // A stream that was cut before the client had read its headers is opened again after a delay.
    private static async Task ReopenedAsync(AgentWorkspace workspace, Task reopened)
    {
        using var found = new CancellationTokenSource();
        while (await Task.WhenAny(reopened, workspace.Clock.TimerWithin(TimeSpan.FromSeconds(16), found.Token)) != reopened)
        {
            workspace.Clock.Advance(TimeSpan.FromSeconds(16));
        }

        await found.CancelAsync();
    }

    internal static long? Attempt(ChatResponseUpdate update) =>
        update.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.RunAttempt, out var value) is true ? (long)value! : null;

    private static IEnumerable<string> Messages(IEnumerable<ChatResponseUpdate> updates) =>
        updates.Select(update => update.MessageId).OfType<string>().Distinct();

    private static IChatClient Agent(AgentWorkspace workspace) => workspace.Serving().GetAgentClient($"apps/{workspace.App.Name}");

    // Their names, so that the first request has the protocol of the server.
    private static Task<AgentWorkspace> OpenAsync(EmulatedAgentServer server = EmulatedAgentServer.LongRunning) =>
        AgentWorkspace.OpenAsync(server, server == EmulatedAgentServer.LongRunning ? "my-agent" : "agent-bricks-1");
}
