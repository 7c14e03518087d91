using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator;

/// <summary>The token counts an answer reports. Each dialect writes them under its own names.</summary>
/// <param name="PromptTokens">Tokens of the prompt, without those served from a Claude cache.</param>
/// <param name="CompletionTokens">Tokens of the answer, reasoning included.</param>
public sealed record EmulatedUsage(int PromptTokens, int CompletionTokens)
{
    /// <summary>How many of the completion tokens were spent on reasoning.</summary>
    public int ReasoningTokens { get; init; }

    /// <summary>Prompt tokens read from a cache: <c>cached_tokens</c> or <c>cache_read_input_tokens</c>.</summary>
    public int CachedTokens { get; init; }

    /// <summary>Prompt tokens written to a cache: <c>cache_creation_input_tokens</c>, Claude only.</summary>
    public int CacheCreationTokens { get; init; }

    /// <summary>Prompt and completion tokens together.</summary>
    public int TotalTokens => PromptTokens + CompletionTokens;

    /// <summary>Counts tokens as the emulator does: every word is one, and so is every mark that is no space.</summary>
    /// <param name="text">The text to count.</param>
    /// <returns>The number of tokens.</returns>
    public static int CountTokens(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Tokenizer.Count(text);
    }
}
