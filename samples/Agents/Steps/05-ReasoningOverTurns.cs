using Microsoft.Extensions.AI;

namespace Agents.Steps;

/// <summary>Claude signs its reasoning and requires it to be sent back unchanged, which happens when the history is kept.</summary>
internal sealed class ReasoningOverTurns : IStep
{
    public string Title => "Reasoning that survives the next turn";

    public async Task RunAsync(Workspace workspace)
    {
        IChatClient chat = workspace.Chat(Endpoints.Claude);
        var options = new ChatOptions
        {
            Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low, Output = ReasoningOutput.Summary },
        };
        List<ChatMessage> history =
        [
            new(ChatRole.User, "My bridge spans 120 metres and my budget is 3 million. What does my bridge span?"),
        ];

        TextReasoningContent? thought = null;
        for (var turn = 1; turn <= 2; turn++)
        {
            ChatResponse response = await chat.GetResponseAsync(history, options);
            var thoughts = response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().ToList();
            thought ??= thoughts.FirstOrDefault(content => content.ProtectedData is { Length: > 0 });

            Console.WriteLine($"> {history[^1].Text}");
            Console.WriteLine(Terminal.Dim($"  {string.Concat(thoughts.Select(content => content.Text))}"));
            Console.WriteLine($"  {response.Text}");
            StepFailedException.Unless(response.Text.Length > 0, $"The response of turn {turn} is empty.");

            // Reasoning is one of the contents of the response messages.
            history.AddRange(response.Messages);
            history.Add(new ChatMessage(ChatRole.User, "And what is my budget?"));
        }

        Console.WriteLine();
        if (workspace.Emulator is null)
        {
            Console.WriteLine(thought is null
                ? "This endpoint showed no reasoning that must be kept: thinking needs a Claude, GPT-OSS or Gemini endpoint."
                : "The second turn carried the reasoning of the first, and the service accepted it.");
            return;
        }

        ShowProof(workspace, thought);
    }

    // The emulator keeps every request, and refuses a thought that comes back changed.
    private static void ShowProof(Workspace workspace, TextReasoningContent? thought)
    {
        StepFailedException.Unless(thought is not null, "The first turn showed no reasoning.");
        var request = workspace.Emulator!.Endpoint(Endpoints.Claude).Requests[^1];
        var sent = request.Json?["messages"]?[1]?["content"]?[0]?["summary"]?[0];
        var signature = (string?)sent?["signature"];

        Console.WriteLine($"kept in the history   {thought.ProtectedData}");
        Console.WriteLine($"sent on turn 2        {signature}");
        StepFailedException.Unless(
            signature is { Length: > 0 } && thought.ProtectedData!.EndsWith(signature, StringComparison.Ordinal),
            "The signature did not go back unchanged.");
        StepFailedException.Unless((string?)sent?["text"] == thought.Text, "The thought did not go back unchanged.");
        Console.WriteLine("The thought and its signature went back unchanged.");
    }
}
