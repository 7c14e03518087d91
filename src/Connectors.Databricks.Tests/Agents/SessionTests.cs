using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>A conversation of a LongRunningAgentServer, which does not queue its runs: one run at a time.</summary>
public class SessionTests
{
    [Fact]
    public async Task A_second_request_fails_while_a_background_run_goes_on_and_succeeds_after_it()
    {
        await using var workspace = await OpenAsync();
        workspace.App.HoldsEvents();
        var agent = workspace.Agent();
        await agent.GetResponseAsync(AgentWorkspace.Say("a"), AgentWorkspace.Background(session: "c1"));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => agent.GetResponseAsync(AgentWorkspace.Say("b"), InC1()));
        workspace.App.ReleaseEvents();
        await workspace.App.Runs[0].WaitForEndAsync();
        var response = await agent.GetResponseAsync(AgentWorkspace.Say("b"), InC1());

        Assert.Contains(workspace.App.Runs[0].Id, exception.Message, StringComparison.Ordinal);
        Assert.Equal("b", response.Text);
        Assert.Equal(2, workspace.App.Runs.Count);
    }

    [Fact]
    public async Task A_second_request_fails_while_a_stream_is_read_and_succeeds_after_it_was_left()
    {
        await using var workspace = await OpenAsync();
        var agent = workspace.Agent();
        await foreach (var _ in agent.GetStreamingResponseAsync(AgentWorkspace.Say("a"), InC1()))
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => agent.GetResponseAsync(AgentWorkspace.Say("b"), InC1()));
            break;
        }

        Assert.Equal("b", (await agent.GetResponseAsync(AgentWorkspace.Say("b"), InC1())).Text);
        Assert.Equal("c", (await agent.GetResponseAsync(AgentWorkspace.Say("c"), InC1())).Text);
    }

    [Fact]
    public async Task A_run_that_was_read_to_its_end_needs_no_further_request()
    {
        await using var workspace = await OpenAsync();
        var agent = workspace.Agent();

        await agent.GetStreamingResponseAsync(AgentWorkspace.Say("a"), AgentWorkspace.Background(session: "c1")).ToListAsync();
        var started = await agent.GetResponseAsync(AgentWorkspace.Say("b"), AgentWorkspace.Background(session: "c1"));
        await workspace.App.Runs[1].WaitForEndAsync();
        await agent.GetResponseAsync([], AgentWorkspace.Background(started.ContinuationToken));
        await agent.GetResponseAsync(AgentWorkspace.Say("c"), InC1());

        Assert.Equal(["POST", "POST", "GET", "POST"], workspace.App.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task A_request_that_failed_leaves_its_conversation_free()
    {
        await using var workspace = await OpenAsync();
        workspace.App.Fails().Fails();
        var agent = workspace.Agent();

        await Assert.ThrowsAsync<DatabricksServingException>(() => agent.GetResponseAsync(AgentWorkspace.Say("a"), InC1()));
        await agent.GetResponseAsync(AgentWorkspace.Say("b"), AgentWorkspace.Background(session: "c1"));
        await workspace.App.Runs[1].WaitForEndAsync();

        Assert.Equal("c", (await agent.GetResponseAsync(AgentWorkspace.Say("c"), InC1())).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_second_request_fails_while_a_run_of_another_client_is_continued(bool isPolled)
    {
        await using var workspace = await OpenAsync();
        workspace.App.HoldsEvents();
        var started = await workspace.Agent().GetResponseAsync(AgentWorkspace.Say("a"), AgentWorkspace.Background(session: "c1"));
        var agent = workspace.Agent();
        var token = AgentWorkspace.Background(started.ContinuationToken);
        var reading = isPolled
            ? agent.GetResponseAsync([], token)
            : agent.GetStreamingResponseAsync([], token).ToChatResponseAsync();
        if (isPolled)
        {
            await reading;
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => agent.GetResponseAsync(AgentWorkspace.Say("b"), InC1()));
        workspace.App.ReleaseEvents();
        await reading;
        await workspace.App.Runs[0].WaitForEndAsync();

        Assert.Equal("b", (await agent.GetResponseAsync(AgentWorkspace.Say("b"), InC1())).Text);
    }

    [Fact]
    public async Task A_second_request_fails_while_a_stream_in_the_background_that_was_left_goes_on()
    {
        await using var workspace = await OpenAsync();
        workspace.App.HoldsEvents().ReleaseEvents(1);
        var agent = workspace.Agent();
        await foreach (var _ in agent.GetStreamingResponseAsync(AgentWorkspace.Say("a"), AgentWorkspace.Background(session: "c1")))
        {
            break;
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => agent.GetResponseAsync(AgentWorkspace.Say("b"), InC1()));
        workspace.App.ReleaseEvents();
        await workspace.App.Runs[0].WaitForEndAsync();

        Assert.Equal("b", (await agent.GetResponseAsync(AgentWorkspace.Say("b"), InC1())).Text);
    }

    [Fact]
    public async Task Other_conversations_and_requests_without_one_run_at_the_same_time()
    {
        await using var workspace = await OpenAsync();
        workspace.App.HoldsEvents();
        var agent = workspace.Agent();

        Task<ChatResponse>[] all =
        [
            agent.GetResponseAsync(AgentWorkspace.Say("a"), InC1()),
            agent.GetResponseAsync(AgentWorkspace.Say("b"), new ChatOptions { ConversationId = "c2" }),
            agent.GetResponseAsync(AgentWorkspace.Say("c")),
            agent.GetResponseAsync(AgentWorkspace.Say("d")),
        ];
        workspace.App.ReleaseEvents();

        Assert.Equal(["a", "b", "c", "d"], (await Task.WhenAll(all)).Select(response => response.Text));
    }

    [Fact]
    public async Task The_conversation_is_added_to_the_context_of_the_options()
    {
        await using var workspace = await OpenAsync();

        await workspace.Agent().GetResponseAsync(AgentWorkspace.Say("a"), InC1().WithAgentContext(userId: "u1"));

        Assert.Equal(
            """{"user_id":"u1","conversation_id":"c1"}""", workspace.App.Runs[0].Request["context"]!.ToJsonString());
    }

    private static ChatOptions InC1() => new() { ConversationId = "c1" };

    private static Task<AgentWorkspace> OpenAsync() => AgentWorkspace.OpenAsync(EmulatedAgentServer.LongRunning);
}
