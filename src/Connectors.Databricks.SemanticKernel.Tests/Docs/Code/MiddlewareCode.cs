using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.SemanticKernel.Tests.Docs.Code;

/// <summary>What docs/semantic-kernel.md shows of Microsoft.Extensions.AI alone; compiled where the full package is.</summary>
public static class MiddlewareCode
{
    public static void Register(IServiceCollection services)
    {
        // <plain-meai>
        services.AddDatabricksServing();
        services.AddChatClient(provider =>
                provider.GetRequiredService<DatabricksServingClient>().GetChatClient("system.ai.claude-sonnet-4-5"))
            .UseDistributedCache()          // with an IDistributedCache among the services
            .UseFunctionInvocation()
            .UseOpenTelemetry();
        // </plain-meai>
    }

#pragma warning disable MEAI001 // The failover clients of Microsoft.Extensions.AI are experimental.
    public static IChatClient Failover(DatabricksServingClient workspace, DatabricksServingClient otherRegion)
    {
        // <meai-failover>
        IChatClient chat = new OrderedFailoverChatClient(
        [
            workspace.GetChatClient("system.ai.claude-sonnet-4-5"),
            otherRegion.GetChatClient("system.ai.claude-sonnet-4-5"),
        ]);
        // </meai-failover>
        return chat;
    }
#pragma warning restore MEAI001
}
