using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Writes the reasoning of an automatic response.</summary>
internal static class Thought
{
    public static string About(ChatRequest request, ChatAnswer answer)
    {
        if (answer.Calls.Count > 0)
        {
            var subjects = string.Join(" and ", answer.Calls.Select(call => $"the {ToolSubject.Of(call).Noun}").Distinct());
            return $"To answer, I need {subjects}. I call {string.Join(" and ", answer.Calls.Select(call => call.Name))} first.";
        }

        var tools = ConversationHistory.Results(request).Select(result => result.Call?.Name ?? "the tool").Distinct().ToList();
        if (tools.Count > 0)
        {
            return $"{string.Join(" and ", tools)} returned what I need, so I can answer now.";
        }

        return request.ResponseFormat?.Text("type") == "json_schema"
            ? "The schema names the fields, and the conversation has their values."
            : ConversationHistory.LastUserText(request).Contains('?', StringComparison.Ordinal)
                ? "No tool is needed for this question, so I can answer it directly."
                : "No tool is needed for this, so I can reply directly.";
    }
}
