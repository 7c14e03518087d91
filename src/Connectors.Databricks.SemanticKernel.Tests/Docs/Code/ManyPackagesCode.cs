using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using static Connectors.Databricks.SemanticKernel.Tests.Docs.Code.KernelCode;

namespace Connectors.Databricks.SemanticKernel.Tests.Docs.Code;

/// <summary>
/// What docs/semantic-kernel.md shows with packages that few feeds carry. Where one does, <c>-p:PackagesOfDocs=true</c> compiles it.
/// </summary>
public static class ManyPackagesCode
{
    public static async Task AgentAsync(DatabricksServingClient serving)
    {
        // <agent-framework>
        AIAgent agent = serving.GetChatClient("databricks-claude-sonnet-4-5")
            .AsAIAgent(instructions: "You answer about the weather.", tools: [AIFunctionFactory.Create(new Weather().Get)]);

        Console.WriteLine(await agent.RunAsync("What is the weather in Bonn?"));
        // </agent-framework>
    }

    public static void Resilience(IServiceCollection services)
    {
        // <resilience-handler>
        services.AddDatabricksServing(options => options.MaxRetries = 0)
            .AddStandardResilienceHandler();
        // </resilience-handler>
    }
}
