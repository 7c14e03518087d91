using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>The program of most cases: asks, streaming or not, and returns the messages or updates and the history.</summary>
internal static class Ask
{
    /// <summary>Offers the plugins of the kernel and invokes what the model calls.</summary>
    public static PromptExecutionSettings Auto => new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    public static PromptExecutionSettings AutoWith(FunctionChoiceBehaviorOptions options) =>
        new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(options: options) };

    /// <summary>Offers the plugins of the kernel and leaves the invocation to the app.</summary>
    public static PromptExecutionSettings Manual => new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(autoInvoke: false) };

    public static Func<App, Task<object?>> NonStreaming(PromptExecutionSettings? settings = null) => app =>
        NonStreamingAsync(app, [new(AuthorRole.User, "Well?")], settings);

    public static async Task<object?> NonStreamingAsync(App app, ChatHistory history, PromptExecutionSettings? settings = null)
    {
        var messages = await app.Chat.GetChatMessageContentsAsync(history, settings, app.Kernel);
        return new { Responses = Snapshot.Messages(messages), History = Snapshot.Messages(history) };
    }

    public static Func<App, Task<object?>> Streaming(PromptExecutionSettings? settings = null) => app =>
        StreamingAsync(app, [new(AuthorRole.User, "Well?")], settings);

    public static async Task<object?> StreamingAsync(App app, ChatHistory history, PromptExecutionSettings? settings = null)
    {
        var updates = await app.Chat.GetStreamingChatMessageContentsAsync(history, settings, app.Kernel).ToListAsync();
        return new { Updates = Snapshot.Updates(updates), History = Snapshot.Messages(history) };
    }
}
