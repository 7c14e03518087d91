using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>The program of most cases: ask, whole or streamed, and return everything that came of it.</summary>
internal static class Ask
{
    /// <summary>Offers the plugins of the kernel and invokes what the model calls.</summary>
    public static PromptExecutionSettings Auto => new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    /// <summary>Offers the plugins of the kernel and leaves the invocation to the app.</summary>
    public static PromptExecutionSettings Manual => new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(autoInvoke: false) };

    public static Func<App, Task<object?>> Whole(PromptExecutionSettings? settings = null) => app =>
        WholeAsync(app, [new(AuthorRole.User, "Well?")], settings);

    public static async Task<object?> WholeAsync(App app, ChatHistory history, PromptExecutionSettings? settings = null)
    {
        var answers = await app.Chat.GetChatMessageContentsAsync(history, settings, app.Kernel);
        return new { Answers = Seen.Messages(answers), History = Seen.Messages(history) };
    }

    public static Func<App, Task<object?>> Streamed(PromptExecutionSettings? settings = null) => app =>
        StreamedAsync(app, [new(AuthorRole.User, "Well?")], settings);

    public static async Task<object?> StreamedAsync(App app, ChatHistory history, PromptExecutionSettings? settings = null)
    {
        var updates = await app.Chat.GetStreamingChatMessageContentsAsync(history, settings, app.Kernel).ToListAsync();
        return new { Updates = Seen.Updates(updates), History = Seen.Messages(history) };
    }
}
