using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Settings;

/// <summary>
/// Turns settings into <see cref="ChatOptions"/>: Semantic Kernel's own <c>ToChatOptions</c> does what all connectors have in common, and
/// what only Databricks has is added here.
/// </summary>
internal static class SettingsToChat
{
    /// <summary>The output tokens left for the response after reasoning when no limit is set.</summary>
    private const int RoomForAnswer = 8192;

    public static ChatOptions Write(DatabricksPromptExecutionSettings settings, Kernel? kernel)
    {
        var common = new PromptExecutionSettings
        {
            ModelId = settings.ModelId,
            ExtensionData = new Dictionary<string, object>(settings.ExtensionData ?? new Dictionary<string, object>()),
        };
        Set("temperature", settings.Temperature);
        Set("top_p", settings.TopP);
        Set("top_k", settings.TopK);
        Set("max_tokens", settings.MaxTokens);
        Set("frequency_penalty", settings.FrequencyPenalty);
        Set("presence_penalty", settings.PresencePenalty);
        Set("seed", settings.Seed);
        Set("stop_sequences", settings.StopSequences);
        var options = common.ToChatOptions(kernel);
        Complete(settings, options);
        return options;

        void Set(string name, object? value)
        {
            if (value is not null)
            {
                common.ExtensionData[name] = value;
            }
        }
    }

    /// <summary>Sets what <c>ToChatOptions</c> cannot convert, and removes the raw values that it has left of it.</summary>
    public static void Complete(DatabricksPromptExecutionSettings settings, ChatOptions options)
    {
        foreach (var name in SettingNames.Own)
        {
            options.AdditionalProperties?.Remove(name);
        }

        options.Instructions = Instructions(settings.ChatDeveloperPrompt, settings.ChatSystemPrompt);
        options.ResponseFormat = null;
        ResponseFormats.Apply(settings.ResponseFormat, options);
        ApplyReasoning(settings, options);
        SetBody(options, "n", settings.ChoiceCount);
        SetBody(options, "logprobs", settings.LogProbs);
        SetBody(options, "top_logprobs", settings.TopLogProbs);
        if (settings.ExtraBody is { Count: > 0 } members)
        {
            ExtraBody.Apply(members, options);
        }
    }

    public static string? Instructions(params string?[] prompts) =>
        string.Join("\n\n", prompts.Where(prompt => !string.IsNullOrWhiteSpace(prompt))) is { Length: > 0 } text ? text : null;

    private static void ApplyReasoning(DatabricksPromptExecutionSettings settings, ChatOptions options)
    {
        options.Reasoning = null;
        if (settings.ReasoningEffort is { Length: > 0 } word)
        {
            if (Effort(word) is { } effort)
            {
                options.Reasoning = new ReasoningOptions { Effort = effort };
            }
            else
            {
                // A value that only the model defines, such as "minimal".
                SetBody(options, "reasoning_effort", word);
            }
        }

        if (settings.ThinkingBudget is { } budget)
        {
            SetBody(options, "thinking", new JsonObject { ["type"] = "enabled", ["budget_tokens"] = budget });

            // The budget counts toward the limit, and endpoints reject a limit that leaves nothing (serving reference §5.6).
            options.MaxOutputTokens ??= budget + RoomForAnswer;
        }
    }

    private static ReasoningEffort? Effort(string word) => word.ToUpperInvariant() switch
    {
        "NONE" => ReasoningEffort.None,
        "LOW" => ReasoningEffort.Low,
        "MEDIUM" => ReasoningEffort.Medium,
        "HIGH" => ReasoningEffort.High,
        "XHIGH" or "EXTRA_HIGH" or "EXTRAHIGH" => ReasoningEffort.ExtraHigh,
        _ => null,
    };

    private static void SetBody(ChatOptions options, string name, object? value)
    {
        if (value is not null)
        {
            (options.AdditionalProperties ??= [])[name] = value;
        }
    }
}
