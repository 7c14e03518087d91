using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.ModelRecords;
using Connectors.Databricks.Models.Corrections;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>How <see cref="ChatOptions.Reasoning"/> is sent to a model: an effort, a thinking budget, or an adaptive effort.</summary>
/// <param name="Style">The reasoning style of the model.</param>
/// <param name="Effort">The effort, or null for the default of the model.</param>
/// <param name="Budget">The thinking budget in tokens, or null.</param>
/// <param name="MaxTokens">The output limit that leaves room for the budget, when the caller set none.</param>
/// <param name="ShowsSummary">Whether a summary of the thinking is requested.</param>
internal readonly record struct ReasoningPlan(
    ReasoningStyle Style, string? Effort = null, int? Budget = null, int? MaxTokens = null, bool ShowsSummary = false)
{
    /// <summary>The minimum thinking budget of the service (serving reference §3.7).</summary>
    private const int MinBudget = 1024;

    /// <summary>The tokens for the response after reasoning when the caller sets no limit.</summary>
    private const int RoomForAnswer = 8192;

    private const string Field = "reasoning_effort";

    public static ReasoningPlan Nothing { get; } = new(ReasoningStyle.None);

    /// <summary>Whether thinking is turned on: an effort does so too.</summary>
    public bool AsksToThink => Style == ReasoningStyle.Effort ? Effort is not (null or EffortNames.None) : Style != ReasoningStyle.None;

    public static ReasoningPlan For(
        ChatRequest request, IReadOnlyList<ChatMessage> messages, ChatOptions options, RequestDocument body, OutputLimit limit)
    {
        // A base document that configures thinking takes precedence: an added output limit might conflict with it.
        if (options.Reasoning is not { } requested || body.BaseHas("thinking"))
        {
            return Nothing;
        }

        var reasoning = request.Model.Reasoning;
        var effort = EffortNames.Of(requested.Effort);
        var wantsShown = requested.Output is ReasoningOutput.Summary or ReasoningOutput.Full;
        if (reasoning.Style == ReasoningStyle.Effort)
        {
            return WithEffort(request, messages, effort);
        }

        // Claude reasons only on request: without an effort or output, it was not requested.
        if (effort is EffortNames.None || (effort is null && !wantsShown))
        {
            return Nothing;
        }

        if (reasoning.Style != ReasoningStyle.None &&
            OptionRules.LeavesOut(OptionRules.Thinking, new OptionFacts(request, messages)))
        {
            return Nothing;
        }

        var shows = wantsShown && reasoning.IsShown is not false;
        if (wantsShown && !shows && reasoning.Style != ReasoningStyle.None)
        {
            request.Note("thinking.display", ParameterCorrection.LeftOut);
        }

        if (reasoning.Style == ReasoningStyle.Adaptive)
        {
            return new(reasoning.Style, effort is null ? null : Accepted(request, effort), ShowsSummary: shows);
        }

        if (reasoning.Style == ReasoningStyle.Budget)
        {
            return Manual(request, requested.Effort, limit, shows);
        }

        if (effort is not null)
        {
            request.Note("reasoning", ParameterCorrection.LeftOut);
        }

        return Nothing;
    }

    private static ReasoningPlan WithEffort(ChatRequest request, IReadOnlyList<ChatMessage> messages, string? effort)
    {
        // For an unknown model, it is unknown whether and how reasoning can be turned off.
        var reasoning = request.Model.Reasoning;
        if (effort is null || (effort is EffortNames.None && request.Endpoint.Record is null && !reasoning.Efforts.Contains(effort)))
        {
            return Nothing;
        }

        var facts = new OptionFacts(request, messages);
        if (OptionRules.LeavesOut(Field, facts) || (effort is not EffortNames.None && OptionRules.LeavesOut(OptionRules.Thinking, facts)))
        {
            return Nothing;
        }

        return new(ReasoningStyle.Effort, Accepted(request, effort));
    }

    private static string Accepted(ChatRequest request, string effort)
    {
        var accepted = EffortNames.Nearest(effort, request.Model.Reasoning.Efforts);
        if (accepted != effort)
        {
            request.Note(Field, $"{effort} became {accepted}");
        }

        return accepted;
    }

    private static ReasoningPlan Manual(ChatRequest request, ReasoningEffort? effort, OutputLimit limit, bool shows)
    {
        var budget = effort switch
        {
            ReasoningEffort.Low => MinBudget,
            ReasoningEffort.Medium => 4096,
            ReasoningEffort.High => 16384,
            ReasoningEffort.ExtraHigh => 32768,
            _ => 0,
        };
        var maxTokens = limit.IsSet ? limit.Tokens : request.Model.MaxOutputTokens;
        if (budget == 0 || maxTokens <= MinBudget)
        {
            // No effort was requested, or the limit leaves no room for the smallest budget: reasoning options are best effort.
            if (budget > 0)
            {
                request.Note("thinking", ParameterCorrection.LeftOut, $"{maxTokens} output tokens leave no room for it");
            }

            return Nothing;
        }

        // max_tokens must exceed the budget (serving reference §3.9), and where possible at least half of it remains for the response.
        var room = limit.IsSet ? limit.Tokens : Math.Min(budget + RoomForAnswer, maxTokens ?? int.MaxValue);
        var fits = limit.IsSet || room < budget + RoomForAnswer
            ? Math.Min(budget, Math.Max(MinBudget, (room ?? int.MaxValue) / 2))
            : budget;
        return new(ReasoningStyle.Budget, null, fits, limit.IsSet ? null : room, shows);
    }

    public void Write(RequestDocument body)
    {
        if (Style == ReasoningStyle.Effort && Effort is not null && body.Begins(Field))
        {
            body.Writer.WriteStringValue(Effort);
        }
        else if (Style == ReasoningStyle.Budget && body.Begins("thinking"))
        {
            WriteThinking(body, "enabled");
        }
        else if (Style == ReasoningStyle.Adaptive)
        {
            WriteAdaptive(body);
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
