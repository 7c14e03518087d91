using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Dialects;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>Tool calls in the history and their results (§3.3, §3.5).</summary>
internal static class HistoryRules
{
    // Google's own word for history that it did not make [issue tensorzero#5640]. Unconfirmed: that Databricks passes it on.
    private const string ForeignHistory = "skip_thought_signature_validator";

    public static IEnumerable<string> Violations(RuleContext context)
    {
        IReadOnlyList<RequestedToolCall> open = [];
        HashSet<string> answered = [];
        foreach ((var index, var turn) in context.Request.Turns.Index())
        {
            if (turn.Role == "tool")
            {
                if (open.All(call => call.Id != turn.ToolCallId) && Orphan(context, index, turn.ToolCallId) is string orphan)
                {
                    yield return orphan;
                }

                answered.Add(turn.ToolCallId ?? "");
                continue;
            }

            if (Unanswered(context, open, answered, index) is string unanswered)
            {
                yield return unanswered;
            }

            open = turn.Calls;
            answered.Clear();
            foreach (var broken in Members(context, turn, index).Concat(Calls(context, turn)))
            {
                yield return broken;
            }
        }

        if (Unanswered(context, open, answered, context.Request.Turns.Count) is string last)
        {
            yield return last;
        }

        if (context.Is(EmulatedDialect.Claude) && context.Options.Quirks.ClaudeRequiresToolsAfterCalls && context.Request.Tools.Count == 0
            && context.Request.Turns.Any(turn => turn.Role == "tool" || turn.Calls.Count > 0))
        {
            // The text of Amazon Bedrock [issue kibana#246943]. Unconfirmed: that Databricks passes it on, and in this frame.
            yield return ErrorMessages.Claude("The toolConfig field must be defined when using toolUse and toolResult content blocks.");
        }
    }

    // Unconfirmed: that a member of a call outside of these is refused; Databricks forwards what it does not consume [bifrost].
    private static IEnumerable<string> Members(RuleContext context, ChatMessage turn, int index) =>
        from call in turn.Calls.Index()
           from member in call.Item.Json
           where member.Value is not null && !(member.Key is "id" or "type" or "index" or "function"
               || (member.Key == "extra_content" && context.Is(EmulatedDialect.Gemini)))
           select context.Messages.UnknownField(
               context.Is(EmulatedDialect.Claude) ? $"messages.{index}.tool_calls.{call.Index}.{member.Key}" : member.Key);

    private static IEnumerable<string> Calls(RuleContext context, ChatMessage turn)
    {
        if (turn.Calls.Count > 1 && !context.Facts.ParallelCalls)
        {
            // [issue litellm#31633]
            yield return "Multiple tool calls are not supported.\n";
        }

        if (context.Is(EmulatedDialect.Gemini) && context.Options.Quirks.GeminiRequiresThoughtSignatures && turn.Calls.Count > 0
            && turn.Calls[0].Json.Object("extra_content")?.Object("google")?.Text("thought_signature") is var signature
            && signature != ForeignHistory && signature != GeminiDialect.ThoughtSignature(turn.Calls[0].Id))
        {
            // The first sentence: [bridge] [issue code_puppy#165]. Unconfirmed: the second, and the place of the signature on Databricks.
            yield return "Function call is missing a thought_signature in functionCall parts. "
                + $"Function call `default_api:{turn.Calls[0].Name}`, position 1.";
        }
    }

    // OpenAI's was reported on Databricks [issue litellm#31633]; Claude's and Gemini's are those of their own hosts. Unconfirmed: others.
    private static string? Orphan(RuleContext context, int index, string? id) => context.Facts.Dialect switch
    {
        EmulatedDialect.OpenAI => ErrorMessages.OpenAI(
            "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
            $"messages.[{index}].role",
            null),
        EmulatedDialect.Claude or EmulatedDialect.Gemini when !context.Options.Quirks.RequiresToolResults => null,
        EmulatedDialect.Claude => ErrorMessages.Claude(
            $"messages.{index}.content.0: unexpected `tool_use_id` found in `tool_result` blocks: {id}. "
            + "Each `tool_result` block must have a corresponding `tool_use` block in the previous message."),
        EmulatedDialect.Gemini => "Please ensure that function response turn comes immediately after a function call turn.",
        _ => $"Bad request: {MessageRules.Alternation}\n",
    };

    /// <summary>OpenAI and Claude require a result for every tool call; no report shows this for others.</summary>
    /// <remarks>Unconfirmed: these are the texts of their own hosts; an option switches them off.</remarks>
    private static string? Unanswered(RuleContext context, IReadOnlyList<RequestedToolCall> open, HashSet<string> answered, int index)
    {
        string[] missing = [.. open.Select(call => call.Id).Where(id => !answered.Contains(id))];
        return missing.Length == 0 || !context.Options.Quirks.RequiresToolResults ? null : context.Facts.Dialect switch
        {
            EmulatedDialect.OpenAI => ErrorMessages.OpenAI(
                "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. "
                + $"The following tool_call_ids did not have response messages: {string.Join(", ", missing)}",
                $"messages.[{index}].role",
                null),
            EmulatedDialect.Claude => ErrorMessages.Claude(
                $"messages.{index}: `tool_use` ids were found without `tool_result` blocks immediately after: "
                + $"{string.Join(", ", missing)}."),
            _ => null,
        };
    }
}
