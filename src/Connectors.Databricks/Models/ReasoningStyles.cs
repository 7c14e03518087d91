namespace Connectors.Databricks.Models;

/// <summary>Chooses the reasoning style by endpoint name. An alias of the user's falls to <see cref="ReasoningStyle.Effort"/>.</summary>
internal static class ReasoningStyles
{
    // Most specific first: claude-opus-4-8 contains claude-opus-4.
    private static readonly (string Part, ReasoningStyle Style)[] Table =
    [
        ("claude-opus-4-7", ReasoningStyle.ThinkingAdaptive),
        ("claude-opus-4-8", ReasoningStyle.ThinkingAdaptive),
        ("claude-opus-5", ReasoningStyle.ThinkingAdaptive),
        ("claude-sonnet-5", ReasoningStyle.ThinkingAdaptive),
        ("claude-fable-5", ReasoningStyle.ThinkingAdaptive),
        ("claude-mythos-5", ReasoningStyle.ThinkingAdaptive),
        ("claude", ReasoningStyle.ThinkingBudget),
        ("gemini-2", ReasoningStyle.None),
        ("llama", ReasoningStyle.None),
        ("gemma", ReasoningStyle.None),
        ("inkling", ReasoningStyle.None),
        ("kimi-k2", ReasoningStyle.None),
    ];

    // The families whose words differ from low, medium, high; an effort that a family does not know becomes its next higher one.
    private static readonly (string Part, EffortWords Words)[] Vocabularies =
    [
        ("gpt-5-2", EffortWords.WithExtraHigh),
        ("gpt-5-4", EffortWords.WithExtraHigh),
        ("gpt-5-5", EffortWords.WithExtraHigh),
        ("gpt-5-6", EffortWords.WithExtraHigh),
        ("gpt-6", EffortWords.WithExtraHigh),
        ("grok", EffortWords.WithExtraHigh),
        ("kimi-k3", EffortWords.WithoutMedium),
        ("glm", EffortWords.WithoutMedium),
    ];

    public static ReasoningStyle For(string endpointName)
    {
        foreach (var (part, style) in Table)
        {
            if (endpointName.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                return style;
            }
        }

        return ReasoningStyle.Effort;
    }

    public static EffortWords WordsOf(string endpointName)
    {
        foreach (var (part, words) in Vocabularies)
        {
            if (ContainsVersion(endpointName, part))
            {
                return words;
            }
        }

        return EffortWords.Common;
    }

    // A digit behind the part makes it another version, or a date: gpt-5-2025-08-07 is not gpt-5-2.
    private static bool ContainsVersion(string endpointName, string part)
    {
        var start = endpointName.IndexOf(part, StringComparison.OrdinalIgnoreCase);
        var end = start + part.Length;
        return start >= 0 && (end == endpointName.Length || !char.IsAsciiDigit(endpointName[end]));
    }
}
