using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Replies;

/// <summary>
/// Marks calls with a result in the same response: they ran on the server, and a function-invoking client must not invoke them again.
/// </summary>
internal static class AnsweredCalls
{
    public static void Mark(IEnumerable<AIContent> contents)
    {
        var all = contents.ToList();
        var answered = all.OfType<FunctionResultContent>().Select(result => result.CallId).ToHashSet(StringComparer.Ordinal);
        foreach (var call in all.OfType<FunctionCallContent>().Where(call => answered.Contains(call.CallId)))
        {
            call.InformationalOnly = true;
        }
    }
}
