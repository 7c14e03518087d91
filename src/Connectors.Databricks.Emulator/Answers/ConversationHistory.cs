using Connectors.Databricks.Emulator.Conversation;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Reads the conversation history for automatic responses.</summary>
internal static class ConversationHistory
{
    public static string LastUserText(ChatRequest request) => request.Turns.LastOrDefault(turn => turn.Role == "user")?.Text ?? "";

    /// <summary>The results at the end of the history, each with its call.</summary>
    public static IReadOnlyList<(RequestedToolCall? Call, string Result)> Results(ChatRequest request)
    {
        Dictionary<string, RequestedToolCall> calls = [];
        foreach (var call in request.Turns.SelectMany(turn => turn.Calls))
        {
            calls[call.Id] = call;
        }

        return
        [
            .. SinceLastUser(request)
                .Where(turn => turn.Role == "tool")
                .Select(turn => (calls.GetValueOrDefault(turn.ToolCallId ?? ""), turn.Text)),
        ];
    }

    public static List<string> CallsSinceLastUser(ChatRequest request) =>
        [.. SinceLastUser(request).SelectMany(turn => turn.Calls).Select(call => call.Name)];

    private static IEnumerable<ChatMessage> SinceLastUser(ChatRequest request)
    {
        var lastUser = request.Turns.Select((turn, index) => turn.Role == "user" ? index : -1).DefaultIfEmpty(-1).Max();
        return request.Turns.Skip(lastUser + 1);
    }
}
