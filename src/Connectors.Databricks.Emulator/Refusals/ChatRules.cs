namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>All rules in order; the first violation determines the message of the 400.</summary>
internal static class ChatRules
{
    public static string? FirstViolation(RuleContext context) =>
        TopLevelRules.Violations(context)
            .Concat(SamplingRules.Violations(context))
            .Concat(ReasoningRules.Violations(context))
            .Concat(ToolRules.Violations(context))
            .Concat(ResponseFormatRules.Violations(context))
            .Concat(MessageRules.Violations(context))
            .Concat(ContentRules.Violations(context))
            .Concat(HistoryRules.Violations(context))
            .Concat(HostRules.Violations(context))
            .FirstOrDefault();
}
