using System.Runtime;
using Connectors.Databricks;
using Microsoft.Extensions.AI;

// Prints the first token of a stream, then how many methods the JIT compiled. Settings come from the environment, as in production.
var chat = DatabricksServingClient.FromEnvironment().GetChatClient("databricks-meta-llama-3-3-70b-instruct");
await foreach (var update in chat.GetStreamingResponseAsync("How do I size a SQL warehouse?"))
{
    if (update.Text is { Length: > 0 } token)
    {
        Console.WriteLine(token);
        break;
    }
}

Console.WriteLine(JitInfo.GetCompiledMethodCount());
