using Connectors.Databricks;
using Microsoft.Extensions.AI;

namespace Agents;

/// <summary>
/// A conversation in the terminal: responses are streamed, the history is kept, and Ctrl+C cancels a response, not the program.
/// </summary>
internal static class Chat
{
    /// <returns>Always 0: an error is shown, and the conversation continues.</returns>
    public static async Task<int> RunAsync(Workspace workspace, string endpoint)
    {
        IChatClient chat = workspace.Serving.GetChatClient(endpoint);
        var options = new ChatOptions
        {
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low, Output = ReasoningOutput.Summary },
        };
        List<ChatMessage> history = [];

        Console.WriteLine($"Chatting with {endpoint}. Ctrl+C cancels a response; an empty line or 'exit' ends.");
        while (Ask() is { } question)
        {
            // A question without a complete response is removed from the history.
            List<ChatMessage> attempt = [.. history, new ChatMessage(ChatRole.User, question)];
            if (await AnswerAsync(chat, attempt, options) is { } response)
            {
                history = [.. attempt, .. response.Messages];
                Console.WriteLine(Terminal.Counts(response.Usage));
            }
        }

        return 0;
    }

    private static string? Ask()
    {
        Console.Write("> ");
        var line = Console.ReadLine()?.Trim();
        if (line is null)
        {
            // At the end of the input the cursor is after the prompt.
            Console.WriteLine();
        }

        return line is null or "" or "exit" ? null : line;
    }

    private static async Task<ChatResponse?> AnswerAsync(IChatClient chat, List<ChatMessage> messages, ChatOptions options)
    {
        using var cancellation = new CancellationTokenSource();
        ConsoleCancelEventHandler stop = (_, pressed) =>
        {
            pressed.Cancel = true;
            cancellation.Cancel();
        };

        Console.CancelKeyPress += stop;
        try
        {
            var updates = new List<ChatResponseUpdate>();
            await foreach (var update in chat.GetStreamingResponseAsync(messages, options, cancellation.Token))
            {
                Show(update, isAfterThought: updates is [.., { Contents: [.., TextReasoningContent] }]);
                updates.Add(update);
            }

            Console.WriteLine();
            return updates.ToChatResponse();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Console.WriteLine();
            Console.WriteLine(Terminal.Dim("[canceled; this question is removed from the history]"));
        }
        catch (DatabricksServingException exception)
        {
            Console.WriteLine();
            Console.WriteLine(exception.Message);
        }
        finally
        {
            Console.CancelKeyPress -= stop;
        }

        return null;
    }

    private static void Show(ChatResponseUpdate update, bool isAfterThought)
    {
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case TextReasoningContent { Text.Length: > 0 } thought:
                    Console.Write(Terminal.Dim(thought.Text));
                    break;
                case TextContent text:
                    Console.Write(isAfterThought ? $"{Environment.NewLine}{text.Text}" : text.Text);
                    isAfterThought = false;
                    break;
                case ErrorContent refusal:
                    Console.Write(refusal.Message);
                    break;
            }
        }
    }
}
