using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/responses.md.</summary>
internal static class ResponsesCode
{
    public static async Task Responses(DatabricksServingClient serving)
    {
        // <responses>
        IChatClient chat = serving.GetChatClient("system.ai.gpt-5-2", new DatabricksChatOptions { Api = DatabricksChatApi.Responses });
        ChatResponse response = await chat.GetResponseAsync("Name one Dutch painter.");
        Console.WriteLine(response.Text);
        // </responses>
    }
}
