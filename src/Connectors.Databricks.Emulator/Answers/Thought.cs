using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Writes the reasoning of an automatic response.</summary>
internal static class Thought
{
    private const int MaxWords = 2;

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

        var topic = string.Join(" and ", Keywords.Words(ConversationHistory.LastUserText(request)).Take(MaxWords));
        var subject = topic.Length == 0 ? "This is a short message." : $"This is about {topic}.";
        return request.ResponseFormat?.Text("type") == "json_schema"
            ? $"{subject} The schema names the fields to fill from it."
            : $"{subject} The conversation is enough for it.";
    }
}
