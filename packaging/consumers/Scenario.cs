using System.ComponentModel;
using System.Runtime.InteropServices;
using Connectors.Databricks;
using Connectors.Databricks.Management;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Consumer;

/// <summary>
/// What users do first: a chat call, a stream, a kernel whose model calls a plugin, and a look at endpoints. Each answer is
/// checked.
/// </summary>
internal static class Scenario
{
    private const string Endpoint = "databricks-claude-sonnet-4-5";

    public static async Task RunAsync(DatabricksServingClient serving)
    {
        Console.WriteLine(RuntimeInformation.FrameworkDescription);
        await ChatAsync(serving.GetChatClient(Endpoint));
        await StreamAsync(serving.GetChatClient(Endpoint));
        await KernelAsync(serving);
        await EndpointsAsync(serving);
    }

    private static async Task ChatAsync(IChatClient chat)
    {
        var response = await chat.GetResponseAsync("What is a lakehouse?");
        Check("chat", response.Text.Length > 0 && response.Usage is { TotalTokenCount: > 0 });
    }

    private static async Task StreamAsync(IChatClient chat)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in chat.GetStreamingResponseAsync("What is a lakehouse?"))
        {
            updates.Add(update);
        }

        Check("stream", updates.Count > 2 && updates.ToChatResponse() is { Text.Length: > 0, FinishReason: not null });
    }

    private static async Task KernelAsync(DatabricksServingClient serving)
    {
        var kernel = Kernel.CreateBuilder().AddDatabricksChatCompletion(Endpoint, serving).Build();
        var shop = new Shop();
        kernel.Plugins.AddFromObject(shop, "Shop");
        var answer = await kernel.GetRequiredService<IChatCompletionService>().GetChatMessageContentAsync(
            "What is the price of the bicycle called Gazelle?",
            new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() },
            kernel);
        Check("kernel with a plugin", shop.Calls > 0 && answer.Content is { Length: > 0 });
    }

    private static async Task EndpointsAsync(DatabricksServingClient serving)
    {
        var profile = await serving.Directory.GetProfileAsync(Endpoint);
        Check("discovery", profile is { IsReady: true, SupportsTools.Value: true });

        var endpoint = await serving.GetManagementClient().GetAsync(Endpoint);
        Check("management", endpoint.IsReady && endpoint.Task == profile.Task.Value);
    }

    private static void Check(string what, bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"{what}: the answer is not the expected one.");
        }

        Console.WriteLine($"{what}: as expected");
    }

    private sealed class Shop
    {
        public int Calls { get; private set; }

        [KernelFunction("price"), Description("Looks up the price of a bicycle by its name.")]
        public string Price([Description("The name of the bicycle.")] string name)
        {
            Calls++;
            return $"{name}: 749 euros";
        }
    }
}
