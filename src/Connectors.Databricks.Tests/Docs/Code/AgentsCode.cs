using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/agents.md.</summary>
internal static class AgentsCode
{
    public static async Task Agents(DatabricksServingClient serving)
    {
        // <agents>
        IChatClient agent = serving.GetAgentClient("apps/my-agent");
        ChatResponse response = await agent.GetResponseAsync("Which orders are late?");
        Console.WriteLine(response.Text);
        // </agents>
    }

    public static async Task Poll(IChatClient agent)
    {
        // <agents-poll>
        var options = new ChatOptions { AllowBackgroundResponses = true };
        ChatResponse response = await agent.GetResponseAsync("Write the report.", options);
        while (response.ContinuationToken is { } token)
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
            response = await agent.GetResponseAsync([], new ChatOptions { ContinuationToken = token });
        }

        Console.WriteLine(response.Text);
        // </agents-poll>
    }

    public static async Task Continue(IChatClient agent)
    {
        // <agents-continue>
        ResponseContinuationToken? token = File.Exists("run.token")
            ? ResponseContinuationToken.FromBytes(await File.ReadAllBytesAsync("run.token"))
            : null;
        var options = new ChatOptions { AllowBackgroundResponses = true, ContinuationToken = token };
        IEnumerable<ChatMessage> messages = token is null ? [new(ChatRole.User, "Write the report.")] : [];
        await foreach (ChatResponseUpdate update in agent.GetStreamingResponseAsync(messages, options))
        {
            await File.AppendAllTextAsync("report.md", update.Text);
            if (update.ContinuationToken is { } next)
            {
                await File.WriteAllBytesAsync("run.token", next.ToBytes().ToArray());
            }
        }
        // </agents-continue>
    }

    public static void Services(IServiceCollection services, IConfiguration configuration)
    {
        // <agents-services>
        services.AddDatabricksServing(configuration.GetSection("Databricks"));
        services.AddDatabricksAgentClient("apps/my-agent");
        services.AddDatabricksAgentClient("apps/other-agent", serviceKey: "other");
        // </agents-services>
    }
}
