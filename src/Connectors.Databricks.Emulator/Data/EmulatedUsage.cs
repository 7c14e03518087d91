using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator;

/// <summary>The token counts of a response. Each model family writes them under its own names.</summary>
public sealed record EmulatedUsage
{
    /// <summary>Initializes a new instance of the <see cref="EmulatedUsage"/> class.</summary>
    /// <param name="promptTokens">The tokens of the prompt, including those read from a cache.</param>
    /// <param name="completionTokens">The tokens of the response, including reasoning.</param>
    public EmulatedUsage(int promptTokens, int completionTokens)
    {
        PromptTokens = promptTokens;
        CompletionTokens = completionTokens;
    }

    /// <summary>Gets the prompt tokens, including those read from a cache.</summary>
    public int PromptTokens { get; init; }

    /// <summary>Gets the completion tokens, including reasoning.</summary>
    public int CompletionTokens { get; init; }

    /// <summary>Gets the completion tokens spent on reasoning.</summary>
    public int ReasoningTokens { get; init; }

    /// <summary>Gets the prompt tokens read from a cache: <c>cached_tokens</c> or <c>cache_read_input_tokens</c>.</summary>
    public int CachedTokens { get; init; }

    /// <summary>Gets the prompt tokens written to a cache: <c>cache_creation_input_tokens</c>, Claude only.</summary>
    public int CacheCreationTokens { get; init; }

    /// <summary>Gets the sum of prompt and completion tokens.</summary>
    public int TotalTokens => PromptTokens + CompletionTokens;

    /// <summary>Counts tokens as the emulator does: each word and each punctuation mark is one.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The number of tokens.</returns>
    public static int CountTokens(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Tokenizer.Count(text);
    }
}
