namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>
/// Models that do not support chat completions, and unknown fields: these are rejected, not ignored (§3.6); null counts as not sent.
/// </summary>
internal static class TopLevelRules
{
    public static IEnumerable<string> Violations(RuleContext context)
    {
        if (!context.IsTranslated && !context.Facts.AcceptsChat)
        {
            yield return $"Chat completions are not supported for model {context.Facts.Upstream}. Use the Responses API.";
        }

        if (!context.IsTranslated && !context.Facts.AcceptsChatTools && context.Request.Tools.Count > 0)
        {
            yield return $"Function tools are not supported for model {context.Facts.Upstream} in chat completions. Use the Responses API.";
        }

        var body = context.Request.Body;
        foreach ((var name, var value) in body)
        {
            if (value is not null && !Accepts(context, name))
            {
                // The gateway decodes the body itself (unnamed public capture). Unconfirmed: that it does so for every family.
                yield return context.IsGateway ? $"Bad request: json: unknown field \"{name}\"" : context.Messages.UnknownField(name);
            }
        }

        if (context.Request.Turns.Count == 0)
        {
            yield return context.Messages.Invalid("messages", "at least one message is required");
        }
    }

    private static bool Accepts(RuleContext context, string name) => name switch
    {
        "stream_options" when context.Endpoint.RefusesStreamOptions => false,
        _ when context.Options.Strict && context.Facts.Unproven.Contains(name) => false,
        "parallel_tool_calls" when context.Options.Quirks.AcceptsParallelToolCallsEverywhere => true,
        "reasoning_effort" when context.Is(EmulatedDialect.Claude) => context.Options.Quirks.ClaudeAcceptsReasoningEffort,
        _ => context.Facts.Accepts.Contains(name),
    };
}
