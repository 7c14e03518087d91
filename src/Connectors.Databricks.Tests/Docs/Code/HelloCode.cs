// <hello>
using Connectors.Databricks;
using Microsoft.Extensions.AI;
// </hello>

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The first code of README.md.</summary>
internal static class HelloCode
{
    public static async Task Hello()
    {
        // <hello>
        var serving = DatabricksServingClient.FromEnvironment();
        IChatClient chat = serving.GetChatClient("system.ai.claude-sonnet-4-5"); // or an endpoint, "databricks-claude-sonnet-4-5"

        await foreach (var update in chat.GetStreamingResponseAsync("What is a lakehouse?"))
        {
            Console.Write(update.Text);
        }

        Console.WriteLine();
        // </hello>
    }

    public static IChatClient Swap(Uri host, string token)
    {
        // <swap>
        IChatClient chat = new DatabricksServingClient(host, DatabricksCredential.FromToken(token))
            .GetChatClient("system.ai.claude-sonnet-4-5");
        // </swap>
        return chat;
    }
}
