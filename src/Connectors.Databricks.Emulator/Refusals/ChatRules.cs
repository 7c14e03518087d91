namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>All rules in the order they are asked; the first broken one decides the message of the 400.</summary>
internal static class ChatRules
{
    public static string? FirstBroken(RuleContext context) =>
        TopLevelRules.Broken(context)
            .Concat(SamplingRules.Broken(context))
            .Concat(ReasoningRules.Broken(context))
            .Concat(ToolRules.Broken(context))
            .Concat(ResponseFormatRules.Broken(context))
            .Concat(MessageRules.Broken(context))
            .Concat(ContentRules.Broken(context))
            .Concat(HistoryRules.Broken(context))
            .FirstOrDefault();
}
