using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/unity-gateway.md.</summary>
internal static class UnityGatewayCode
{
    public static async Task Ask(DatabricksServingClient serving)
    {
        // <gateway-ask>
        IChatClient chat = serving.GetChatClient("system.ai.claude-sonnet-4-5");
        ChatResponse response = await chat.GetResponseAsync("Name one Dutch painter.");

        // Serving endpoints are called as before; a name that the workspace refuses there is mapped to its model service, once.
        IChatClient legacy = serving.GetChatClient("databricks-claude-sonnet-4-5");
        foreach (DatabricksRequestAdjustment adjustment in (await legacy.GetResponseAsync("Name another painter.")).GetRequestAdjustments())
        {
            Console.WriteLine($"{adjustment.Field}: {adjustment.Change}, because {adjustment.Reason}");
        }
        // </gateway-ask>

        Console.WriteLine(response.Text);
    }

    public static void Denial(ChatResponse response)
    {
        // <gateway-denial>
        if (response.GetServicePolicyDenial() is { } denial)
        {
            Console.WriteLine($"{denial.PolicyName} denied the call ({denial.Phase}).");
        }
        // </gateway-denial>
    }

    public static IChatClient Tags(DatabricksServingClient serving) =>
        // <gateway-tags>
        serving.GetChatClient("system.ai.claude-sonnet-4-5", new DatabricksChatOptions
        {
            RequestTags = new Dictionary<string, string> { ["team"] = "search" },
        });
    // </gateway-tags>
}
