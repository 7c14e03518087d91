using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>Documentation uses the terms that .NET developers search for.</summary>
internal static partial class VocabularyRules
{
    /// <summary>The terms that a reader searches for on each page.</summary>
    public static IReadOnlyDictionary<string, string[]> RequiredTerms { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["docs/resilience.md"] =
        [
            "retry", "exponential", "backoff", "jitter", "circuit breaker", "half-open", "idempotent", "rate limiter", "token bucket",
            "concurrency limit", "timeout", "fallback",
        ],
        ["docs/errors.md"] = ["retried", "exponential backoff", "timeout", "rate limit", "transient", "cancellation"],
        ["docs/authentication.md"] = ["token cache", "client credentials", "precedence", "singleton"],
        ["docs/chat.md"] = ["system prompt", "multimodal", "reasoning effort", "structured output", "function calling", "singleton", "streaming"],
        ["docs/models.md"] = ["request shaping", "prompt caching", "capabilities", "thought signature"],
        ["docs/catalog.md"] = ["context window", "discovery", "prompt injection"],
        ["docs/embeddings.md"] = ["batching", "concurrency", "dimensions", "RAG"],
        ["docs/observability.md"] = ["traces", "metrics", "OpenTelemetry", "activities"],
        ["docs/rollouts.md"] = ["rollout", "traffic", "roll back"],
        ["docs/monitoring.md"] = ["metrics", "health checks", "histogram"],
        ["docs/semantic-kernel.md"] = ["filters", "function", "plugin", "history"],
    };

    public static IEnumerable<string> PagesHaveTheirTerms(IEnumerable<MarkdownFile> pages, IReadOnlyDictionary<string, string[]> required)
    {
        var texts = pages.ToDictionary(page => page.Path, page => page.Text, StringComparer.Ordinal);
        return from entry in required
               from term in entry.Value
               where !texts.TryGetValue(entry.Key, out var text) || !text.Contains(term, StringComparison.OrdinalIgnoreCase)
               select $"{entry.Key}: the term '{term}' is missing.";
    }

    public static IEnumerable<string> NothingIsParaphrased(IEnumerable<MarkdownFile> pages) =>
        from page in pages
        from line in page.Text.Split('\n').Index()
        from Match match in Paraphrase().Matches(line.Item)
        select $"{page.Path}:{line.Index + 1}: '{match.Value}' is not the standard term.";

    // British spellings, and words that stand for a technical term which a reader would search for.
    [GeneratedRegex(
        @"\b(whoever|nobody|anew|heeds?|heeded|of late|goes? before|mend(s|ed)?|spoil(s|ed|t)?|at hand|time-outs?|catalogues?|behaviours?|"
        + @"optimis\w+|normalis\w+|recognis\w+|cancelled|wish(es)?)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Paraphrase();
}
