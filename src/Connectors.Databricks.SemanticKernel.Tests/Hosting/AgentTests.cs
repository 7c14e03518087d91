using Connectors.Databricks.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Hosting;

/// <summary>Agents on Databricks Apps are the same chat completion service.</summary>
public class AgentTests
{
    [Theory]
    [InlineData(EmulatedAgentServer.LongRunning, false)]
    [InlineData(EmulatedAgentServer.Invocations, false)]
    [InlineData(EmulatedAgentServer.LongRunning, true)]
    public async Task A_kernel_gets_an_agent_as_its_chat_completion_service(EmulatedAgentServer server, bool isServiceCollection)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var app = await emulator.AddAppAsync("my-agent", server);
        var serving = new DatabricksServingClient(
            emulator.Host, new DatabricksServicePrincipalCredential(emulator.Host, emulator.ClientId, emulator.ClientSecret));
        var builder = Kernel.CreateBuilder();
        _ = isServiceCollection
            ? builder.Services.AddDatabricksAgentChatCompletion("apps/my-agent", serving, serviceId: "agent")
            : builder.AddDatabricksAgentChatCompletion("apps/my-agent", serving, serviceId: "agent").Services;
        var chat = builder.Build().GetRequiredService<IChatCompletionService>("agent");

        var whole = await chat.GetChatMessageContentAsync("Say 'one two three'");
        var streamed = "";
        await foreach (var piece in chat.GetStreamingChatMessageContentsAsync("Say 'one two three'"))
        {
            streamed += piece.Content;
        }

        Assert.Equal(("one two three", "one two three"), (whole.Content, streamed));
        Assert.Equal(2, app.Runs.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void An_empty_name_is_rejected(string name)
    {
        Assert.Equal(
            "agentName", Assert.Throws<ArgumentException>(() => Kernel.CreateBuilder().AddDatabricksAgentChatCompletion(name)).ParamName);
        Assert.Equal(
            "agentName",
            Assert.Throws<ArgumentException>(() => new ServiceCollection().AddDatabricksAgentChatCompletion(name)).ParamName);
    }
}
