namespace Connectors.Databricks.SemanticKernel.Settings;

/// <summary>The names of settings that are not body fields; <c>ToChatOptions</c> would send them as such.</summary>
internal static class SettingNames
{
    public const string ThinkingBudget = "thinking_budget";
    public const string ExtraBody = "extra_body";
    public const string ChoiceCount = "n";
    public const string LogProbs = "logprobs";
    public const string TopLogProbs = "top_logprobs";

    public static IReadOnlyList<string> Own { get; } =
    [
        ThinkingBudget, ExtraBody, ChoiceCount, LogProbs, TopLogProbs,
        "response_format", "reasoning_effort", "chat_system_prompt", "chat_developer_prompt",
    ];
}
