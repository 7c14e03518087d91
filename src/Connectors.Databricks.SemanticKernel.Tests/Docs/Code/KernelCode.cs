using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Docs.Code;

/// <summary>What docs/semantic-kernel.md shows. The methods that take a kernel run on the emulator.</summary>
public static class KernelCode
{
    public static Kernel Hello()
    {
        // <kernel-hello>
        Kernel kernel = Kernel.CreateBuilder()
            .AddDatabricksChatCompletion("system.ai.claude-sonnet-4-5")
            .Build();
        // </kernel-hello>
        return kernel;
    }

    public static void Registrations(
        IKernelBuilder builder, Uri host, string token, DatabricksCredential credential, IConfiguration configuration,
        IServiceCollection services)
    {
        // <kernel-registrations>
        builder.AddDatabricksChatCompletion("my-endpoint");                                  // the app's client, else the environment
        builder.AddDatabricksChatCompletion("my-endpoint", "https://my-workspace.cloud.databricks.com", token);
        builder.AddDatabricksChatCompletion("my-endpoint", host, credential);
        builder.AddDatabricksChatCompletion("my-endpoint", host, token, serviceId: "fast");  // several, side by side
        builder.Services.AddDatabricksServing(configuration.GetSection("Databricks"));       // the app's client, from its configuration
        services.AddDatabricksChatCompletion("my-endpoint");                                 // on a service collection
        // </kernel-registrations>
    }

    // <kernel-plugin>
    public sealed class Weather
    {
        [KernelFunction, Description("Tells the weather in a city.")]
        public string Get([Description("The city.")] string city) => $"Sunny in {city}, 21 degrees.";
    }
    // </kernel-plugin>

    public static async Task FunctionsAsync(Kernel kernel)
    {
        // <kernel-functions>
        kernel.Plugins.AddFromObject(new Weather(), "Weather");
        var chat = kernel.GetRequiredService<IChatCompletionService>();
        var settings = new DatabricksPromptExecutionSettings
        {
            FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(),
            ReasoningEffort = "low",
        };
        var history = new ChatHistory();
        history.AddUserMessage("What is the weather in Bonn?");

        await foreach (var update in chat.GetStreamingChatMessageContentsAsync(history, settings, kernel))
        {
            Console.Write(update.Content);
        }
        // </kernel-functions>
    }

    public static async Task StreamToHistoryAsync(
        IChatCompletionService chat, ChatHistory history, PromptExecutionSettings settings, Kernel kernel)
    {
        // <kernel-stream-history>
        var text = new StringBuilder();
        await foreach (var update in chat.GetStreamingChatMessageContentsAsync(history, settings, kernel))
        {
            text.Append(update.Content);
        }

        history.AddAssistantMessage(text.ToString());                   // the next request has the reasoning, too
        // </kernel-stream-history>
    }

    // <kernel-filter>
    public sealed class Log : IAutoFunctionInvocationFilter
    {
        public async Task OnAutoFunctionInvocationAsync(
            AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
        {
            Console.WriteLine($"{context.Function.PluginName}.{context.Function.Name}({context.Arguments?["city"]})");
            await next(context);
        }
    }
    // </kernel-filter>

    public static Kernel Endpoints()
    {
        // <kernel-endpoints>
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.AddDatabricksChatCompletion("system.ai.claude-sonnet-4-5");
        builder.Plugins.AddDatabricksEndpoints();
        Kernel kernel = builder.Build();
        // </kernel-endpoints>
        return kernel;
    }

    public static async Task ReasoningAsync(Kernel kernel)
    {
        // <kernel-reasoning>
        var chat = kernel.GetRequiredService<IChatCompletionService>();
        var settings = new DatabricksPromptExecutionSettings { ThinkingBudget = 2048 };
        var history = new ChatHistory();
        history.AddUserMessage("Which is larger, 9.9 or 9.11?");

        var answer = await chat.GetChatMessageContentAsync(history, settings, kernel);
        var thoughts = answer.Items.OfType<ReasoningContent>().FirstOrDefault()?.Text;
        history.Add(answer);                                            // including the signature

        string saved = JsonSerializer.Serialize(history);               // preserved in JSON
        history = JsonSerializer.Deserialize<ChatHistory>(saved)!;
        // </kernel-reasoning>
        _ = thoughts;
    }

    // <kernel-schema>
    public sealed record Trip(string City, int Days);
    // </kernel-schema>

    public static async Task SchemaAsync(Kernel kernel)
    {
        var chat = kernel.GetRequiredService<IChatCompletionService>();
        // <kernel-schema>
        var settings = new DatabricksPromptExecutionSettings { ResponseFormat = typeof(Trip), MaxTokens = 500 };
        var answer = await chat.GetChatMessageContentAsync("Plan a short trip to Rome.", settings);
        var trip = JsonSerializer.Deserialize<Trip>(answer.ToString());
        // </kernel-schema>
        _ = trip;
    }

    public static async Task ErrorsAsync(Kernel kernel)
    {
        var chat = kernel.GetRequiredService<IChatCompletionService>();
        // <kernel-errors>
        try
        {
            await chat.GetChatMessageContentAsync("Hello");
        }
        catch (HttpOperationException exception) when (exception.InnerException is DatabricksServingException { IsTransient: true } failure)
        {
            Console.WriteLine($"{exception.StatusCode} {failure.ErrorCode}, request {failure.RequestId}: {exception.ResponseContent}");
        }
        // </kernel-errors>
    }
}
