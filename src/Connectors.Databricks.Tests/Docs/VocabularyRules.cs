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
            "concurrency limit", "timeout", "fallback", "retry policy", "Retry-After",
        ],
        ["docs/errors.md"] = ["retried", "exponential backoff", "timeout", "rate limit", "transient", "cancellation"],
        ["docs/authentication.md"] =
        [
            "token cache", "token refresh", "client credentials", "precedence", "singleton", "service principal", "managed identity",
            "workload identity", "personal access token",
        ],
        ["docs/chat.md"] =
        [
            "system prompt", "multimodal", "reasoning effort", "structured output", "function calling", "singleton", "streaming",
        ],
        ["docs/models.md"] = ["request shaping", "prompt caching", "capabilities", "thought signature"],
        ["docs/directory.md"] = ["context window", "discovery", "prompt injection"],
        ["docs/embeddings.md"] = ["batching", "concurrency", "dimensions", "RAG"],
        ["docs/observability.md"] = ["traces", "metrics", "OpenTelemetry", "activities"],
        ["docs/rollouts.md"] = ["rollout", "traffic", "roll back"],
        ["docs/model-services.md"] = ["destination", "fallback", "etag", "update mask", "rate limit", "rollout", "roll back"],
        ["docs/monitoring.md"] = ["metrics", "health checks", "histogram"],
        ["docs/endpoints.md"] = ["served entit", "deployment", "idempotent", "signature"],
        ["docs/batch.md"] = ["batch inference", "checkpoint", "resume", "concurrency", "rate limit", "JSON Lines", "backpressure"],
        ["docs/predictions.md"] = ["tensor", "feature serving", "batch"],
        ["docs/completions.md"] = ["prompt", "streaming", "temperature"],
        ["docs/emulator.md"] = ["fault injection", "service principal", "streaming"],
        ["docs/openai.md"] = ["OpenAI", "streaming", "authorization", "rate limiting", "Responses API"],
        ["docs/web-chat.md"] = ["server-sent events", "ProblemDetails", "streaming", "rate limiting", "authorization", "keep-alive"],
        ["docs/model-hub.md"] = ["LiteLLM", "authorization", "Content-Security-Policy", "polled", "ETag", "price table"],
        ["docs/serving-routes.md"] = ["ProblemDetails", "batch", "signature", "concurrent", "authorization", "rate limiting", "OpenAPI"],
        ["docs/health.md"] = ["health checks", "503", "probe", "OpenAPI"],
        ["docs/caching.md"] = ["Redis", "distributed cache", "expiration", "cache key"],
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
        let prose = CodeSpan().Replace(page.Text, span => LineContent().Replace(span.Value, " "))
        from found in BannedTerms.In(prose).Concat(BannedTerms.PersonifiedIn(prose))
        select $"{page.Path}:{found.Line}: '{found.Term}' is not the standard term.";

    /// <summary>In comments and string literals, without the texts of people and models: prompts and emulated responses.</summary>
    public static IEnumerable<string> NothingIsPersonified(IEnumerable<SourceFile> sources) =>
        from file in sources
        from found in BannedTerms.PersonifiedIn(Name().Replace(
            CSharpCode.CommentsAndStrings(file.Text), span => new string(' ', span.Length)))
        select $"{file.Path}:{found.Line}: '{found.Term}' is not the standard term.";

    /// <summary>In comments, string literals and names.</summary>
    public static IEnumerable<string> NothingIsParaphrased(IEnumerable<SourceFile> sources) =>
        from file in sources
        from found in BannedTerms.In(CSharpCode.CommentsAndStrings(file.Text)).Concat(
            BannedTerms.InNames(string.Join('\n', file.CodeLines)))
        select $"{file.Path}:{found.Line}: '{found.Term}' is not the standard term.";

    [GeneratedRegex(@"[^\n]")]
    private static partial Regex LineContent();

    // Names of the code in its comments, and what a literal interpolates.
    [GeneratedRegex(@"\bcref=""[^""]*""|\bname=""[^""]*""|<c>[^<]*</c>|\{[^{}""\n]*\}")]
    private static partial Regex Name();

    // Names of the code, the service and the file system, and fences of code; not across paragraphs.
    [GeneratedRegex(@"^```.*?^```|`[^`\n]+`|\]\([^)\s]*\)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeSpan();
}
