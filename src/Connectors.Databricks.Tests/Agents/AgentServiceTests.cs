using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>Agents from a service collection, and what a cancellation reports.</summary>
public class AgentServiceTests
{
    [Fact]
    public async Task Agents_are_registered_with_and_without_a_key()
    {
        await using var workspace = await AgentWorkspace.OpenAsync(EmulatedAgentServer.LongRunning);
        await workspace.Emulator.AddAppAsync("other-agent", EmulatedAgentServer.Invocations);
        var services = new ServiceCollection();
        services.AddSingleton(workspace.Serving());
        services.AddDatabricksAgentClient(AgentWorkspace.AgentName).AddDatabricksAgentClient("apps/other-agent", serviceKey: "other");
        await using var provider = services.BuildServiceProvider();

        var agent = provider.GetRequiredService<IChatClient>();
        var other = provider.GetRequiredKeyedService<IChatClient>("other");

        Assert.Equal("a", (await agent.GetResponseAsync(AgentWorkspace.Say("a"))).Text);
        Assert.Equal("b", (await other.GetResponseAsync(AgentWorkspace.Say("b"))).Text);
        Assert.Same(agent, provider.GetRequiredService<IChatClient>());
    }

    [Fact]
    public void An_empty_name_is_rejected() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddDatabricksAgentClient(" "));

    [Fact]
    public async Task A_canceled_stream_reports_that_its_run_goes_on()
    {
        await using var workspace = await AgentWorkspace.OpenAsync(EmulatedAgentServer.LongRunning);
        workspace.App.HoldsEvents().ReleaseEvents(1);
        using var canceling = new CancellationTokenSource();
        var updates = workspace.Agent().GetStreamingResponseAsync(
            AgentWorkspace.Say("a"), AgentWorkspace.Background(), canceling.Token).GetAsyncEnumerator(canceling.Token);
        await updates.MoveNextAsync();
        var reading = updates.MoveNextAsync().AsTask();

        await canceling.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        Assert.Equal(canceling.Token, exception.CancellationToken);
        Assert.Contains("The run goes on", exception.Message, StringComparison.Ordinal);
        Assert.Contains(workspace.App.Runs[0].Id, exception.Message, StringComparison.Ordinal);
        workspace.App.ReleaseEvents();
        await workspace.App.Runs[0].WaitForEndAsync();
        Assert.Equal("completed", workspace.App.Runs[0].Status);
    }

    [Fact]
    public async Task A_canceled_request_reports_that_its_run_may_go_on()
    {
        await using var workspace = await AgentWorkspace.OpenAsync(EmulatedAgentServer.LongRunning);
        workspace.App.HoldsEvents();
        using var canceling = new CancellationTokenSource();
        var running = workspace.Agent().GetResponseAsync(AgentWorkspace.Say("a"), cancellationToken: canceling.Token);
        await workspace.App.WaitForRequestAsync();

        await canceling.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal(canceling.Token, exception.CancellationToken);
        Assert.Contains("no cancel", exception.Message, StringComparison.Ordinal);
    }
}
