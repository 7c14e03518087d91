using Connectors.Databricks.Models;

namespace Connectors.Databricks.Tests.Models;

public class ReasoningStylesTests
{
    [Theory]
    [InlineData("databricks-claude-opus-4-1", nameof(ReasoningStyle.ThinkingBudget))]
    [InlineData("databricks-claude-sonnet-4-6", nameof(ReasoningStyle.ThinkingBudget))]
    [InlineData("databricks-claude-haiku-4-5", nameof(ReasoningStyle.ThinkingBudget))]
    [InlineData("databricks-claude-opus-4-7", nameof(ReasoningStyle.ThinkingAdaptive))]
    [InlineData("databricks-claude-opus-4-8", nameof(ReasoningStyle.ThinkingAdaptive))]
    [InlineData("databricks-claude-opus-5", nameof(ReasoningStyle.ThinkingAdaptive))]
    [InlineData("Databricks-Claude-Sonnet-5", nameof(ReasoningStyle.ThinkingAdaptive))]
    [InlineData("databricks-gpt-5-1", nameof(ReasoningStyle.Effort))]
    [InlineData("databricks-gpt-oss-20b", nameof(ReasoningStyle.Effort))]
    [InlineData("databricks-gemini-3-pro", nameof(ReasoningStyle.Effort))]
    [InlineData("databricks-gemini-2-5-pro", nameof(ReasoningStyle.None))]
    [InlineData("databricks-llama-4-maverick", nameof(ReasoningStyle.None))]
    [InlineData("databricks-kimi-k2-7-code", nameof(ReasoningStyle.None))]
    [InlineData("databricks-kimi-k3", nameof(ReasoningStyle.Effort))]
    [InlineData("an-alias-of-mine", nameof(ReasoningStyle.Effort))]
    public void A_style_follows_from_the_family_in_the_name(string endpointName, string style) =>
        Assert.Equal(style, ReasoningStyles.For(endpointName).ToString());

    [Theory]
    [InlineData("databricks-gpt-5-2", "low medium high xhigh")]
    [InlineData("databricks-gpt-5-4-mini", "low medium high xhigh")]
    [InlineData("databricks-gpt-6-astra", "low medium high xhigh")]
    [InlineData("databricks-grok-4-6", "low medium high xhigh")]
    [InlineData("databricks-gpt-5", "low medium high high")]
    [InlineData("gpt-5-2025-08-07", "low medium high high")]
    [InlineData("databricks-gpt-5-1", "low medium high high")]
    [InlineData("databricks-gpt-oss-120b", "low medium high high")]
    [InlineData("databricks-gemini-3-pro", "low medium high high")]
    [InlineData("databricks-kimi-k3", "low high high max")]
    [InlineData("databricks-glm-5-3", "low high high max")]
    public void A_family_has_its_own_words_for_an_effort(string endpointName, string expected)
    {
        var words = ReasoningStyles.WordsOf(endpointName);

        Assert.Equal(expected, $"{words.Low} {words.Medium} {words.High} {words.ExtraHigh}");
    }
}
