using Connectors.Databricks.Models;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Outbound;

/// <summary>How <see cref="ChatOptions.Reasoning"/> is said to one endpoint: an effort, a thinking budget, or an adaptive effort.</summary>
/// <param name="Style">The endpoint's way of being told.</param>
/// <param name="Effort">The effort as text; null when the model's own default is wanted.</param>
/// <param name="Budget">Tokens to think with; null without manual thinking.</param>
/// <param name="MaxTokens">The output limit that leaves room for the budget, when the caller gave none.</param>
/// <param name="ShowsSummary">Whether Claude is asked to show its thinking.</param>
internal readonly record struct ReasoningPlan(ReasoningStyle Style, string? Effort, int? Budget, int? MaxTokens, bool ShowsSummary)
{
    /// <summary>The service's lower bound (serving reference §3.7).</summary>
    private const int SmallestBudget = 1024;

    /// <summary>What is left for the answer behind the thinking when the caller sets no limit.</summary>
    private const int RoomForAnswer = 8192;

    public static ReasoningPlan For(string endpointName, ChatOptions options, RequestDocument body)
    {
        // A base document that speaks of thinking speaks of it alone: a limit of ours beside it would not fit.
        if (options.Reasoning is not { } wish || body.BaseHas("thinking"))
        {
            return default(ReasoningPlan) with { Style = ReasoningStyle.None };
        }

        // None is written nowhere: the models that can switch reasoning off differ in the word for it, and the others refuse any.
        var style = wish.Effort is ReasoningEffort.None ? ReasoningStyle.None : ReasoningStyles.For(endpointName);
        var shows = wish.Output is ReasoningOutput.Summary or ReasoningOutput.Full;
        return style switch
        {
            ReasoningStyle.Effort => new(style, EffortText(wish.Effort, ReasoningStyles.WordsOf(endpointName)), null, null, false),
            ReasoningStyle.ThinkingBudget => Manual(wish.Effort, OutputLimit.Of(body, options), shows),

            // The field itself switches thinking on: without an effort, and with nothing to be shown, nobody asked for that.
            ReasoningStyle.ThinkingAdaptive when wish.Effort is not null || shows =>
                new(style, EffortText(wish.Effort, EffortWords.WithExtraHigh), null, null, shows),
            _ => default(ReasoningPlan) with { Style = ReasoningStyle.None },
        };
    }

    private static string? EffortText(ReasoningEffort? effort, EffortWords words) => effort switch
    {
        null => null,
        ReasoningEffort.Low => words.Low,
        ReasoningEffort.Medium => words.Medium,
        ReasoningEffort.High => words.High,
        ReasoningEffort.ExtraHigh => words.ExtraHigh,
        _ => throw InvalidOption.OutOfRange($"ChatOptions.Reasoning.Effort is {effort}, which is not a known effort."),
    };

    private static ReasoningPlan Manual(ReasoningEffort? effort, OutputLimit limit, bool shows)
    {
        var budget = effort switch
        {
            null => (int?)null,
            ReasoningEffort.Low => SmallestBudget,
            ReasoningEffort.Medium => 4096,
            ReasoningEffort.High => 16384,
            ReasoningEffort.ExtraHigh => 32768,
            _ => throw InvalidOption.OutOfRange($"ChatOptions.Reasoning.Effort is {effort}, which is not a known effort."),
        };
        if (budget is null || limit.Tokens <= SmallestBudget)
        {
            // No effort was asked for, or the limit leaves no room for the smallest budget: reasoning options are best effort.
            return default(ReasoningPlan) with { Style = ReasoningStyle.None };
        }

        // max_tokens must exceed the budget (serving reference §3.9), and half of it at least is left for the answer where that can be.
        return limit.Tokens is { } tokens
            ? new(ReasoningStyle.ThinkingBudget, null, Math.Min(budget.Value, Math.Max(SmallestBudget, tokens / 2)), null, shows)
            : new(ReasoningStyle.ThinkingBudget, null, budget, limit.IsSet ? null : budget + RoomForAnswer, shows);
    }

    public void Write(RequestDocument body)
    {
        switch (Style)
        {
            case ReasoningStyle.Effort when Effort is not null && body.Begins("reasoning_effort"):
                body.Writer.WriteStringValue(Effort);
                break;
            case ReasoningStyle.ThinkingBudget when body.Begins("thinking"):
                WriteThinking(body, "enabled");
                break;
            case ReasoningStyle.ThinkingAdaptive:
                WriteAdaptive(body);
                break;
        }
    }

    private void WriteThinking(RequestDocument body, string type)
    {
        var writer = body.Writer;
        writer.WriteStartObject();
        writer.WriteString("type", type);
        if (Budget is { } budget)
        {
            writer.WriteNumber("budget_tokens", budget);
        }

        if (ShowsSummary)
        {
            writer.WriteString("display", "summarized");
        }

        writer.WriteEndObject();
    }

    private void WriteAdaptive(RequestDocument body)
    {
        if (body.Begins("thinking"))
        {
            WriteThinking(body, "adaptive");
        }

        if (Effort is not null && body.Begins("output_config"))
        {
            body.Writer.WriteStartObject();
            body.Writer.WriteString("effort", Effort);
            body.Writer.WriteEndObject();
        }
    }
}
