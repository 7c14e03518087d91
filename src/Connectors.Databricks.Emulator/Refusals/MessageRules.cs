using Connectors.Databricks.Emulator.Conversation;

namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>Roles, their order, and the members of a message (§3.3).</summary>
internal static class MessageRules
{
    // [issue instructor#691]
    internal const string Alternation =
        "Chat message input roles must alternate (user → assistant → …) with an optional system at the start. Tool messages "
        + "are optional and must follow a preceding assistant message containing tool calls.";

    // Unconfirmed: that a member outside of these is refused; Databricks forwards what it does not consume [bifrost].
    private static readonly string[] Known = ["role", "content", "tool_calls", "tool_call_id", "name"];

    public static IEnumerable<string> Violations(RuleContext context)
    {
        foreach ((var index, var turn) in context.Request.Turns.Index())
        {
            if (!context.Facts.Roles.Contains(turn.Role))
            {
                yield return context.Messages.OutsideOf($"messages.{index}.role", turn.Role, context.Facts.Roles);
            }

            // Stated for every model [okf:foundation-model-rest-api-reference]; Unconfirmed: the wording.
            if (turn.Role == "system" && index > 0 && !context.IsTranslated)
            {
                yield return context.Messages.Invalid(
                    $"messages.{index}.role", "a system message may appear at most once and only as the first message");
            }

            foreach ((var name, var value) in turn.Json)
            {
                if (value is not null && !Accepts(context, turn, name))
                {
                    yield return UnknownMember(context, index, name);
                }
            }
        }

        if (context.Options.Quirks.RequiresAlternatingRoles && !Alternates(context.Request.Turns))
        {
            yield return $"Bad request: {Alternation}\n";
        }
    }

    private static bool Accepts(RuleContext context, ChatMessage turn, string name) => name switch
    {
        "name" => context.Options.Quirks.AcceptsMessageNames,
        "reasoning_content" => turn.Role == "assistant" && (context.Is(EmulatedDialect.Inkling) || context.Is(EmulatedDialect.Kimi)),
        "refusal" or "annotations" or "audio" or "function_call" => turn.Role == "assistant" && context.Is(EmulatedDialect.OpenAI),
        _ => Known.Contains(name),
    };

    private static string UnknownMember(RuleContext context, int index, string name) =>
        context.Facts.Dialect is EmulatedDialect.Claude or EmulatedDialect.OpenAI
            ? context.Messages.UnknownField(context.Is(EmulatedDialect.Claude) ? $"messages.{index}.{name}" : $"messages[{index}].{name}")
            : context.Messages.UnknownField(name);

    private static bool Alternates(IReadOnlyList<ChatMessage> turns)
    {
        string? last = null;
        foreach (var turn in turns.Where(turn => turn.Role is "user" or "assistant" or "tool"))
        {
            if (turn.Role == last && turn.Role != "tool")
            {
                return false;
            }

            last = turn.Role;
        }

        return turns.FirstOrDefault(turn => turn.Role != "system")?.Role is null or "user";
    }
}
