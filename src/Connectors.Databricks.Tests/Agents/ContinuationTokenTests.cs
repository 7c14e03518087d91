using System.Text;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>What a token contains, and which ones are rejected before a request.</summary>
public class ContinuationTokenTests
{
    [Fact]
    public async Task A_token_contains_neither_a_host_nor_a_secret()
    {
        await using var workspace = await OpenAsync();

        var text = Encoding.UTF8.GetString((await StartAsync(workspace)).ToBytes().Span);

        Assert.Contains(workspace.App.Runs[0].Id, text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("localhost", text, StringComparison.Ordinal);
        Assert.DoesNotContain(AgentWorkspace.AppName, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_another_agent_or_another_workspace_is_rejected()
    {
        await using var workspace = await OpenAsync();
        var token = await StartAsync(workspace);
        var requests = workspace.App.Requests.Count;

        await RejectsAsync(workspace.Serving().GetAgentClient("apps/another"), token, "another agent");
        await RejectsAsync(workspace.Serving().GetAgentClient(workspace.App.Url), token, "another agent");
        await RejectsAsync(
            workspace.Serving(options => options.Host = Some.Host).GetAgentClient(AgentWorkspace.AgentName), token, "another workspace");
        Assert.Equal(requests, workspace.App.Requests.Count);
    }

    [Fact]
    public async Task A_damaged_token_is_rejected()
    {
        await using var workspace = await OpenAsync();
        var bytes = (await StartAsync(workspace)).ToBytes().ToArray();
        var requests = workspace.App.Requests.Count;
        var agent = workspace.Agent();

        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= 1;
            await RejectsAsync(agent, ResponseContinuationToken.FromBytes(damaged), "ContinuationToken");
            await RejectsAsync(agent, ResponseContinuationToken.FromBytes(bytes.AsMemory(0, i)), "ContinuationToken");
        }

        Assert.Equal(requests, workspace.App.Requests.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"v\":2}")]
    [InlineData("opaque")]
    public async Task A_token_of_another_client_is_rejected(string text) =>
        await RejectsAsync(
            new VerbatimService().Client().GetAgentClient(AgentWorkspace.AgentName),
            ResponseContinuationToken.FromBytes(Encoding.UTF8.GetBytes(text)), "ContinuationToken");

    [Fact]
    public async Task A_token_that_is_too_long_is_rejected() =>
        await RejectsAsync(
            new VerbatimService().Client().GetAgentClient(AgentWorkspace.AgentName),
            ResponseContinuationToken.FromBytes(new byte[100_000]), "too long");

    [Fact]
    public async Task Messages_are_not_allowed_with_a_token()
    {
        await using var workspace = await OpenAsync();
        var token = await StartAsync(workspace);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => workspace.Agent().GetResponseAsync(AgentWorkspace.Say("more"), AgentWorkspace.Background(token)));
    }

    [Fact]
    public async Task A_run_that_the_app_does_not_have_is_reported()
    {
        await using var workspace = await OpenAsync();
        await using var other = await OpenAsync();
        var token = await StartAsync(workspace);
        workspace.App.HasNoDatabase();

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => workspace.Agent().GetResponseAsync([], AgentWorkspace.Background(token)));

        Assert.Contains("does not store runs", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<ResponseContinuationToken> StartAsync(AgentWorkspace workspace) =>
        (await workspace.Agent().GetResponseAsync(AgentWorkspace.Say("ok"), AgentWorkspace.Background())).ContinuationToken!;

    private static async Task RejectsAsync(IChatClient agent, ResponseContinuationToken token, string reason)
    {
        var polled = await Assert.ThrowsAsync<ArgumentException>(() => agent.GetResponseAsync([], AgentWorkspace.Background(token)));
        var streamed = Assert.Throws<ArgumentException>(() => agent.GetStreamingResponseAsync([], AgentWorkspace.Background(token)));

        Assert.Contains(reason, polled.Message, StringComparison.Ordinal);
        Assert.Equal(polled.Message, streamed.Message);
    }

    private static Task<AgentWorkspace> OpenAsync() => AgentWorkspace.OpenAsync(EmulatedAgentServer.LongRunning);
}
