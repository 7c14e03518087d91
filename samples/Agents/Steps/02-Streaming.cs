using Microsoft.Extensions.AI;

namespace Agents.Steps;

/// <summary>Streams a response to the console, followed by the token counts.</summary>
internal sealed class Streaming : IStep
{
    public string Title => "Streaming, as it arrives";

    public async Task RunAsync(Workspace workspace)
    {
        IChatClient chat = workspace.Chat(Endpoints.Claude);
        var updates = new List<ChatResponseUpdate>();

        await foreach (var update in chat.GetStreamingResponseAsync("Count to 40, separated by commas."))
        {
            Console.Write(update.Text);
            updates.Add(update);
        }

        // Updates are pieces of one response, and fit together again.
        ChatResponse response = updates.ToChatResponse();
        Console.WriteLine();
        Console.WriteLine();
        Console.WriteLine($"{updates.Count(update => update.Text.Length > 0)} pieces of text, finish reason {response.FinishReason}");
        Console.WriteLine(Terminal.Counts(response.Usage));

        StepFailedException.Unless(response.Text.Contains("40", StringComparison.Ordinal), "The count does not reach 40.");
        StepFailedException.Unless(updates.Count(update => update.Text.Length > 0) > 1, "The response arrived in one update.");
        StepFailedException.Unless(response.FinishReason == ChatFinishReason.Stop, "The stream did not end with the finish reason 'stop'.");
        StepFailedException.Unless(response.Usage is { OutputTokenCount: > 0 }, "The stream brought no token counts.");
    }
}
