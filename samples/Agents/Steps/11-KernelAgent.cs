using System.ComponentModel;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Agents.Steps;

/// <summary>An agent with a memory: it streams, calls a plugin on the way, and a filter watches over what it may do.</summary>
internal sealed class KernelAgent : IStep
{
    public string Title => "A kernel agent with a plugin and a filter";

    public async Task RunAsync(Workspace workspace)
    {
        Kernel kernel = Kernel.CreateBuilder()
            .AddDatabricksChatCompletion(workspace.Endpoint(Endpoints.GptOss), workspace.Serving)
            .Build();
        kernel.Plugins.AddFromObject(new Garden(), "Garden");
        var guard = new Guard();
        kernel.AutoFunctionInvocationFilters.Add(guard);

        var chat = kernel.GetRequiredService<IChatCompletionService>();
        var settings = new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
        ChatHistory history = [];
        foreach (var question in (string[])["How dry is the soil of the bed called Roses?", "Please water the bed called Roses."])
        {
            Console.WriteLine($"> {question}");
            history.AddUserMessage(question);
            var text = "";
            await foreach (var update in chat.GetStreamingChatMessageContentsAsync(history, settings, kernel))
            {
                Console.Write(update.Content);
                text += update.Content;
            }

            Console.WriteLine();
            history.Add(new ChatMessageContent(AuthorRole.Assistant, text));
            StepFailedException.Unless(text.Length > 0, "The response of the agent is empty.");
        }

        StepFailedException.Unless(guard.Seen.Count > 0, "The agent called no function.");
        StepFailedException.Unless(
            history.Count(message => message.Role == AuthorRole.Tool) == guard.Seen.Count, "Not every call has its result in the history.");
    }

    private sealed class Garden
    {
        [KernelFunction("moisture"), Description("Measures how dry the soil in a bed is.")]
        public string Moisture([Description("The bed.")] string bed) => $"The soil of {bed} is at 12 percent.";

        [KernelFunction("water"), Description("Opens the valve to water a bed.")]
        public string Water([Description("The bed.")] string bed) => $"Watered {bed}.";
    }

    /// <summary>
    /// A filter between the model and the plugin: it can change a call, return its own result, or end the turn. This one reports.
    /// </summary>
    private sealed class Guard : IAutoFunctionInvocationFilter
    {
        public List<string> Seen { get; } = [];

        public async Task OnAutoFunctionInvocationAsync(
            AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
        {
            Seen.Add(context.Function.Name);
            await next(context);
            Console.WriteLine(
                Terminal.Dim($"  {context.Function.PluginName}.{context.Function.Name} -> {context.Result.GetValue<string>()}"));
        }
    }
}
