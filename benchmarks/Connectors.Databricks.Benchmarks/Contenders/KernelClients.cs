using Connectors.Databricks.Benchmarks.Service;
using Connectors.Databricks.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>The two chat completion services of Semantic Kernel that are compared, each with every default.</summary>
internal static class KernelClients
{
    public const string OpenAI = "KernelOpenAI";

    public const string Adapter = "KernelAdapter";

    public static IChatCompletionService OpenAIChat(HttpClient http) => new OpenAIChatCompletionService(
        Clients.ChatEndpoint, Clients.OpenAIPackage(http));

    public static IChatCompletionService AdapterChat(HttpClient http) =>
        new DatabricksChatCompletionService(Clients.ChatEndpoint, Clients.Serving(http, PreparedService.Host));
}
