using System.ComponentModel;
using Connectors.Databricks;
using Connectors.Databricks.SemanticKernel;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Agents.Steps;

/// <summary>A kernel agent that lists the endpoints, chooses a suitable model, and calls it.</summary>
internal sealed class KernelChoosesItsModel : IStep
{
    private const string Work = "summarize reports of up to 300k tokens, with reasoning";

    // The search terms for the model of the emulator; a real model derives them from the task.
    private static readonly DirectoryFilter Suitable = new()
    {
        IsReady = true,
        Mode = EndpointMode.Chat,
        Capabilities = [EndpointCapability.Reasoning],
        MinContextWindow = 300_000,
    };

    private const string Question = """
        Summarize this report: The bridge was closed in March. Its deck had cracks on both sides. The repair takes a year. Until then there is a ferry.
        """;

    public string Title => "A kernel agent that chooses its model";

    public async Task RunAsync(Workspace workspace)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.AddDatabricksChatCompletion(workspace.Endpoint(Endpoints.Claude), workspace.Serving);
        builder.Plugins.AddDatabricksEndpoints(client: workspace.Serving);
        Kernel kernel = builder.Build();
        var desk = new Desk();
        kernel.Plugins.AddFromObject(desk, "Desk");
        await TellEmulatorAsync(workspace);

        var chat = kernel.GetRequiredService<IChatCompletionService>();
        ChatHistory history = [];
        history.AddSystemMessage("Find the chat endpoints for the work that the user describes, and choose one that is ready.");
        history.AddUserMessage(Work);
        var looksUp = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
        await chat.GetChatMessageContentAsync(history, looksUp, kernel);
        foreach (var call in history.SelectMany(FunctionCallContent.GetFunctionCalls))
        {
            var arguments = string.Join(", ", call.Arguments?.Select(item => $"{item.Key}: {item.Value}") ?? []);
            Console.WriteLine(Terminal.Dim($"{call.PluginName}.{call.FunctionName}({arguments})"));
        }

        StepFailedException.Unless(desk.Endpoint is { Length: > 0 }, "The agent chose no endpoint.");
        Console.WriteLine($"{desk.Endpoint}, because: {desk.Reason}");

        // The same service on another endpoint: the settings name it.
        var answersThere = new DatabricksPromptExecutionSettings { ModelId = desk.Endpoint, MaxTokens = 500 };
        var text = "";
        await foreach (var update in chat.GetStreamingChatMessageContentsAsync(Question, answersThere, kernel))
        {
            Console.Write(update.Content);
            text += update.Content;
        }

        Console.WriteLine();
        StepFailedException.Unless(text.Length > 0, "The response of the chosen model is empty.");
        StepFailedException.Unless(
            workspace.Emulator is null || workspace.Emulator.Requests[^1].EndpointName == desk.Endpoint, "Another model was called.");
    }

    // A model of a real workspace decides what to call; the emulated one needs the name in the prompt, and chooses the first result.
    private static async Task TellEmulatorAsync(Workspace workspace)
    {
        if (workspace.Emulator is { } emulator)
        {
            EndpointDirectorySnapshot snapshot = await workspace.Serving.Directory.GetAsync();
            EndpointProfile best = snapshot.Where(Suitable)[0];
            emulator.Endpoint(Endpoints.Claude)
                .CallsTool(
                    "DatabricksEndpoints-list_serving_endpoints",
                    """{"mode":"chat","ready":true,"capability":"reasoning","min_context_tokens":300000}""")
                .CallsTool(
                    "Desk-choose", $$"""{"endpoint":"{{best.Name}}","reason":"It reasons over {{best.ContextWindow.Value}} tokens."}""")
                .Replies("It is chosen.");
        }
    }

    /// <summary>Where the agent puts its choice down.</summary>
    private sealed class Desk
    {
        public string? Endpoint { get; private set; }

        public string? Reason { get; private set; }

        [KernelFunction("choose"), Description("Chooses the endpoint that does the work.")]
        public string Choose(
            [Description("The exact name of the endpoint.")] string endpoint, [Description("Why, in a few words.")] string reason)
        {
            (Endpoint, Reason) = (endpoint, reason);
            return "Chosen.";
        }
    }
}
