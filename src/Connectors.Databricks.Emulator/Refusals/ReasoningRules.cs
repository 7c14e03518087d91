using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>Efforts, thinking budgets, and reasoning that comes back from an earlier turn (§3.7, §3.9).</summary>
internal static class ReasoningRules
{
    private const int SmallestBudget = 1024;

    public static IEnumerable<string> Violations(RuleContext context)
    {
        var efforts = context.Facts.Efforts;
        var body = context.Request.Body;
        if (context.Request.ReasoningEffort is string effort && efforts.Length > 0 && !efforts.Contains(effort))
        {
            yield return context.Messages.OutsideOf("reasoning_effort", effort, efforts);
        }

        if (body.Object("output_config")?.Text("effort") is string claudeEffort && !efforts.Contains(claudeEffort))
        {
            yield return context.Messages.OutsideOf("output_config.effort", claudeEffort, efforts);
        }

        if (!context.Is(EmulatedDialect.Claude))
        {
            yield break;
        }

        foreach (var broken in Thinking(context).Concat(context.Options.Quirks.ClaudeVerifiesReasoning ? Replays(context) : []))
        {
            yield return broken;
        }
    }

    private static IEnumerable<string> Thinking(RuleContext context)
    {
        if (context.Request.Thinking is not JsonObject thinking)
        {
            yield break;
        }

        var type = thinking.Text("type") ?? "";
        var wanted = context.Facts.Thinking == ThinkingStyle.Adaptive ? "adaptive" : "enabled";
        if (type != wanted && type != "disabled")
        {
            // Adaptive Claude refuses "enabled" [kasal]. Unconfirmed: the wording, and that older Claude refuses "adaptive".
            yield return ErrorMessages.Claude(
                $"\"thinking.type.{type}\" is not supported for this model. Use \"thinking.type.{wanted}\" instead.");
        }

        if (type != "enabled")
        {
            yield break;
        }

        var budget = thinking.Integer("budget_tokens") ?? 0;
        if (budget < SmallestBudget)
        {
            // The limit: [kasal]. Unconfirmed: the wording.
            yield return ErrorMessages.Claude(
                $"thinking.enabled.budget_tokens: Input should be greater than or equal to {SmallestBudget}");
        }

        if (context.Request.MaxTokens <= budget)
        {
            // [okf:query-reasoning-models] [kasal]
            yield return ErrorMessages.Claude("`max_tokens` must be greater than `thinking.budget_tokens`");
        }
    }

    /// <summary>A block must come back byte for byte as this endpoint sent it [okf:query-reasoning-models] [issue bifrost#6110].</summary>
    /// <remarks>Unconfirmed: the three texts, which are those of Anthropic's own host.</remarks>
    private static IEnumerable<string> Replays(RuleContext context)
    {
        var issued = context.Endpoint.Issued;
        foreach ((var turnIndex, var turn) in context.Request.Turns.Index())
        {
            foreach ((var partIndex, var part) in turn.Parts.Index().Where(part => part.Item.Text("type") == "reasoning"))
            {
                var place = $"messages.{turnIndex}.content.{partIndex}";
                foreach (var item in part.Objects("summary"))
                {
                    if (item.Text("type") == "summary_encrypted_text")
                    {
                        if (!issued.KnowsEncrypted(item.Text("data") ?? ""))
                        {
                            yield return ErrorMessages.Claude($"{place}: Invalid `data` in `redacted_thinking` block");
                        }
                    }
                    else if (item.Text("signature") is not { Length: > 0 } signature || !issued.Knows(signature))
                    {
                        yield return ErrorMessages.Claude($"{place}: Invalid `signature` in `thinking` block");
                    }
                    else if (!issued.IsUnchanged(signature, item.Text("text") ?? ""))
                    {
                        yield return ErrorMessages.Claude(
                            $"{place}: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. "
                            + "These blocks must remain as they were in the original response.");
                    }
                }
            }
        }
    }
}
