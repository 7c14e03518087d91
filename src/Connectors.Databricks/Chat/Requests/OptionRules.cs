using Connectors.Databricks.ModelRecords;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>
/// The options that a model does not support together, each with its source. The option of the first column is left out, and reported.
/// Rules that concern a single option are in the record of the model.
/// </summary>
internal static class OptionRules
{
    public const string Thinking = "thinking";

    public static IReadOnlyList<OptionRule> All { get; } =
    [
        // "Thinking may not be enabled when tool_choice forces tool use": [issue vercel/ai#11227] [issue langchain-aws#925]; allowed from
        // Opus 4.8 on [issue langchain-aws#1141].
        new(Thinking, "a forced tool choice", true, facts =>
            facts.Request.Model.Reasoning.ExcludesForcedTools && ForcesTool(facts.Request)),

        // "When `thinking` is enabled, a final `assistant` message must start with a thinking block": [issue opencode#3077]. Reasoning that
        // was left out, or a turn of another model, leaves none.
        new(Thinking, "tool results of a turn without reasoning", true, facts =>
            HasBudget(facts) && OpenTurnLacksReasoning(facts.Messages)),

        // [issue llxprt-code#3695]
        new(Thinking, "a response to continue", true, facts => HasBudget(facts) && ConversationFacts.EndsWithAssistant(facts.Messages)),

        // Serving reference §3.7.
        new("temperature", Thinking, false, ExcludesSampling),
        new("top_p", Thinking, false, ExcludesSampling),
        new("top_k", Thinking, false, ExcludesSampling),

        // [issue bedrock-access-gateway#191]
        new("top_p", "temperature", false, ExcludesTopP),

        // [kasal]
        new("reasoning_effort", "tools", false, facts =>
            facts.Request.Model.Reasoning.ToolsExcludeEffort && facts.Request.Options?.Tools is { Count: > 0 }),
    ];

    /// <summary>The first rule that leaves an option out, or null.</summary>
    public static OptionRule? Find(string option, OptionFacts facts)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i].Option == option && All[i].Applies(facts))
            {
                return All[i];
            }
        }

        return null;
    }

    /// <summary>Whether an option is left out; records the adjustment.</summary>
    public static bool LeavesOut(string option, OptionFacts facts)
    {
        if (Find(option, facts) is not { } rule)
        {
            return false;
        }

        facts.Request.Note(option, $"left out with {rule.Other}", rule.AffectsAnswer);
        return true;
    }

    /// <summary>Whether the request turns thinking on: with an option, or in JSON of the caller.</summary>
    public static bool RequestsThinking(ChatRequest request) => request.SetsInJson(Thinking) || request.Options?.Reasoning is
        { Effort: not (null or ReasoningEffort.None) } or { Effort: null, Output: ReasoningOutput.Summary or ReasoningOutput.Full };

    private static bool HasBudget(OptionFacts facts) => facts.Request.Model.Reasoning.Style == ReasoningStyle.Budget;

    private static bool ExcludesSampling(OptionFacts facts) => facts.IsThinking && facts.Request.Model.Reasoning.ExcludesSampling;

    private static bool ExcludesTopP(OptionFacts facts) => facts.Request.Model.TemperatureExcludesTopP &&
        (facts.Request.SetsInJson("temperature") ||
            (facts.Request.Options?.Temperature is not null && !facts.Request.Refuses("temperature")));

    private static bool ForcesTool(ChatRequest request) =>
        request.JsonOf("tool_choice") is { } choice ? choice.ToString() is not ("auto" or "none") :
        request.Options?.ToolMode is RequiredChatToolMode && request.OffersTools;

    private static bool OpenTurnLacksReasoning(IReadOnlyList<ChatMessage> messages)
    {
        if (ConversationFacts.OpenTurn(messages) is not { } turn || !ConversationFacts.Has<FunctionCallContent>(turn))
        {
            return false;
        }

        foreach (var content in turn.Contents)
        {
            if (ContentRules.IsSent(content))
            {
                return content is not TextReasoningContent;
            }
        }

        return true;
    }
}
