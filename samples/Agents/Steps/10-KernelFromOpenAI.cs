using System.ComponentModel;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Agents.Steps;

/// <summary>
/// An app built on Semantic Kernel's OpenAI connector, moved to Databricks. Two lines differ, one that names the package and one that adds
/// the service; plugin, settings, history and calls are as they were.
/// </summary>
internal sealed class KernelFromOpenAI : IStep
{
    public string Title => "A Semantic Kernel app that leaves OpenAI";

    public async Task RunAsync(Workspace workspace)
    {
        //   <PackageReference Include="Microsoft.SemanticKernel.Connectors.OpenAI" />      the line before
        //   <PackageReference Include="Connectors.Databricks.SemanticKernel" />            the line now
        Kernel kernel = Kernel.CreateBuilder()
            //.AddOpenAIChatCompletion("gpt-4o", apiKey)                                    the line before
            .AddDatabricksChatCompletion(workspace.Endpoint(Endpoints.Claude), workspace.Serving)
            .Build();

        var shop = new Shop();
        kernel.Plugins.AddFromObject(shop, "Shop");
        var settings = new PromptExecutionSettings
        {
            FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(),
            ExtensionData = new Dictionary<string, object> { ["max_tokens"] = 2000 },
        };
        ChatHistory history = [];
        history.AddSystemMessage("You sell bicycles. Look prices up; never guess them.");
        history.AddUserMessage("What is the price of the bicycle called Gazelle?");

        var chat = kernel.GetRequiredService<IChatCompletionService>();
        ChatMessageContent answer = await chat.GetChatMessageContentAsync(history, settings, kernel);
        history.Add(answer);

        foreach (var message in history)
        {
            var calls = string.Join(
                "; ", FunctionCallContent.GetFunctionCalls(message).Select(call => $"{call.PluginName}.{call.FunctionName}"));
            Console.WriteLine($"{message.Role,-9} {(calls.Length > 0 ? Terminal.Dim($"calls {calls}") : message.Content)}");
        }

        Console.WriteLine(Terminal.Dim($"ended with {answer.Metadata?["FinishReason"]}, request {answer.Metadata?["RequestId"]}"));
        StepFailedException.Unless(shop.Asked > 0, "The model looked no price up.");
        StepFailedException.Unless(answer.Content is { Length: > 0 }, "The response is empty.");
    }

    private sealed class Shop
    {
        public int Asked { get; private set; }

        [KernelFunction("price"), Description("Looks up the price of a bicycle by its name.")]
        public string Price([Description("The name of the bicycle.")] string name)
        {
            Asked++;
            return $"{name}: 749 euros";
        }
    }
}
