using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>Agents on either server: foreground, background, polling and continuation.</summary>
public class AgentClientTests
{
    private const string Text = "One two three four.";

    [Theory]
    [InlineData(EmulatedAgentServer.LongRunning)]
    [InlineData(EmulatedAgentServer.Invocations)]
    public async Task It_responds_in_the_foreground(EmulatedAgentServer server)
    {
        await using var workspace = await AgentWorkspace.OpenAsync(server);

        var response = await workspace.Agent().GetResponseAsync(AgentWorkspace.Say(Text));

        Assert.Equal((Text, ChatFinishReason.Stop), (response.Text, response.FinishReason));
        Assert.Null(response.ContinuationToken);
        Assert.NotEqual("true", Assert.Single(workspace.App.Runs).Request["background"]?.ToJsonString());
    }

    [Theory]
    [InlineData(EmulatedAgentServer.LongRunning)]
    [InlineData(EmulatedAgentServer.Invocations)]
    public async Task A_foreground_stream_has_no_tokens(EmulatedAgentServer server)
    {
        await using var workspace = await AgentWorkspace.OpenAsync(server);

        var updates = await workspace.Agent().GetStreamingResponseAsync(AgentWorkspace.Say(Text)).ToListAsync();

        Assert.Equal(Text, updates.ToChatResponse().Text);
        Assert.True(updates.Count > 3);
        Assert.All(updates, update => Assert.Null(update.ContinuationToken));
    }

    [Theory]
    [InlineData(EmulatedAgentServer.LongRunning)]
    [InlineData(EmulatedAgentServer.Invocations)]
    public async Task A_background_run_is_polled_by_another_process(EmulatedAgentServer server)
    {
        await using var workspace = await AgentWorkspace.OpenAsync(server);
        workspace.App.HoldsEvents();

        var started = await workspace.Agent().GetResponseAsync(AgentWorkspace.Say(Text), AgentWorkspace.Background());
        var waiting = await PollAsync(workspace, started);
        workspace.App.ReleaseEvents();
        await Assert.Single(workspace.App.Runs).WaitForEndAsync();
        var finished = await PollAsync(workspace, waiting);

        Assert.Equal("", waiting.Text);
        Assert.Equal(Text, finished.Text);
        Assert.Null(finished.ContinuationToken);
        Assert.Equal(workspace.App.Runs[0].Id, finished.ResponseId);
        Assert.True((bool)workspace.App.Runs[0].Request["background"]!);
    }

    [Theory]
    [InlineData(EmulatedAgentServer.LongRunning, 0)]
    [InlineData(EmulatedAgentServer.LongRunning, 3)]
    [InlineData(EmulatedAgentServer.Invocations, 0)]
    [InlineData(EmulatedAgentServer.Invocations, 3)]
    public async Task A_stream_is_continued_by_another_process_after_any_update(EmulatedAgentServer server, int overlap)
    {
        await using var workspace = await AgentWorkspace.OpenAsync(server);
        workspace.App.OverlapsReplays(overlap);
        var all = await workspace.Agent().GetStreamingResponseAsync(AgentWorkspace.Say(Text), AgentWorkspace.Background()).ToListAsync();

        for (var read = 1; read < all.Count; read++)
        {
            var token = AgentWorkspace.Stored(all[read - 1].ContinuationToken!);
            var rest = await workspace.Agent().GetStreamingResponseAsync([], AgentWorkspace.Background(token)).ToListAsync();

            Assert.Equal(all.Skip(read).Select(Shown), rest.Select(Shown));
        }

        Assert.Null(all[^1].ContinuationToken);
        Assert.Equal(Text, all.ToChatResponse().Text);
        Assert.Single(workspace.App.Runs);
    }

    [Fact]
    public async Task A_server_without_a_database_ignores_the_flag()
    {
        await using var workspace = await OpenAsync();
        workspace.App.HasNoDatabase();

        var response = await workspace.Agent().GetResponseAsync(AgentWorkspace.Say(Text), AgentWorkspace.Background());
        var updates = await workspace.Agent().GetStreamingResponseAsync(AgentWorkspace.Say(Text), AgentWorkspace.Background())
            .ToListAsync();

        Assert.Equal(Text, response.Text);
        Assert.Null(response.ContinuationToken);
        Assert.Equal(Text, updates.ToChatResponse().Text);
        Assert.All(updates, update => Assert.Null(update.ContinuationToken));
    }

    [Fact]
    public async Task The_conversation_is_sent_and_returned()
    {
        await using var workspace = await OpenAsync();

        var response = await workspace.Agent().GetResponseAsync(AgentWorkspace.Say(Text), new ChatOptions { ConversationId = "c1" });

        Assert.Equal("c1", response.ConversationId);
        Assert.Null((await workspace.Agent().GetResponseAsync(AgentWorkspace.Say(Text))).ConversationId);
        Assert.Equal("""{"conversation_id":"c1"}""", workspace.App.Runs[0].Request["context"]!.ToJsonString());
    }

    [Theory]
    [InlineData(EmulatedAgentServer.LongRunning, "my-agent", "/responses")]
    [InlineData(EmulatedAgentServer.Invocations, "my-agent", "/responses /api/invocations")]
    [InlineData(EmulatedAgentServer.LongRunning, "agent-bricks-7", "/api/invocations /responses")]
    [InlineData(EmulatedAgentServer.Invocations, "agent-bricks-7", "/api/invocations")]
    public async Task The_protocol_is_found_out_once(EmulatedAgentServer server, string name, string paths)
    {
        await using var workspace = await AgentWorkspace.OpenAsync(server, name);
        var agent = workspace.Serving().GetAgentClient($"apps/{name}");

        await agent.GetResponseAsync(AgentWorkspace.Say(Text));
        await agent.GetResponseAsync(AgentWorkspace.Say(Text));

        Assert.Equal($"{paths} {paths.Split(' ')[^1]}", string.Join(' ', workspace.App.Requests.Select(request => request.Path)));
        Assert.Equal(2, workspace.App.Runs.Count);
    }

    private static string Shown(ChatResponseUpdate update) =>
        $"{update.Role} {update.MessageId} {update.ResponseId} {update.FinishReason} {update.Text} {update.Contents.Count}";

    private static Task<ChatResponse> PollAsync(AgentWorkspace workspace, ChatResponse response) =>
        workspace.Agent().GetResponseAsync([], AgentWorkspace.Background(AgentWorkspace.Stored(response.ContinuationToken!)));

    private static Task<AgentWorkspace> OpenAsync() => AgentWorkspace.OpenAsync(EmulatedAgentServer.LongRunning);
}
