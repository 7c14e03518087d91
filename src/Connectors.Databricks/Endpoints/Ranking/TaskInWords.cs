using System.Globalization;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Endpoints.Ranking;

/// <summary>What a sentence asks of a model, by the words that people use for it.</summary>
internal sealed partial record TaskInWords
{
    // A task is a sentence or a few. What is longer is read up to here, so that ranking stays cheap whoever wrote it.
    private const int LongestTask = 4_000;

    private static readonly (EndpointCapability Capability, string[] Words)[] Abilities =
    [
        (EndpointCapability.ImageInput,
            ["image", "images", "picture", "pictures", "photo", "photos", "screenshot", "screenshots", "vision", "visual", "diagram", "diagrams", "chart", "charts", "scan", "scans", "ocr"]),
        (EndpointCapability.AudioInput, ["audio", "speech", "voice", "recording", "recordings", "transcribe", "podcast"]),
        (EndpointCapability.VideoInput, ["video", "videos", "clip", "clips", "footage"]),
        (EndpointCapability.FileInput, ["pdf", "pdfs"]),
        (EndpointCapability.Tools, ["tool", "tools", "function", "functions", "agent", "agentic"]),
        (EndpointCapability.StructuredOutput, ["json", "schema", "structured", "extract", "extraction"]),
        (EndpointCapability.Reasoning, ["reason", "reasoning", "think", "thinking", "math", "maths", "proof", "prove", "plan", "planning", "puzzle", "logic"]),
    ];

    private static readonly (EndpointMode Mode, string[] Words)[] Modes =
    [
        (EndpointMode.Embedding, ["embed", "embedding", "embeddings", "vector", "vectors", "vectorize", "similarity", "semantic"]),
        (EndpointMode.Features, ["feature", "features", "lookup"]),
        (EndpointMode.Prediction,
            ["predict", "prediction", "predictions", "score", "scores", "scoring", "forecast", "forecasting", "regression", "churn", "tabular", "rows"]),
        (EndpointMode.Completion, ["completion", "completions", "complete"]),
        (EndpointMode.Chat,
            ["chat", "answer", "answers", "question", "questions", "write", "translate", "translation", "summarize", "summarise", "summary", "talk", "conversation", "assistant", "explain"]),
    ];

    private static readonly string[] SmallWords = ["cheap", "cheaper", "cheapest", "fast", "faster", "fastest", "quick", "small", "latency", "bulk"];

    private static readonly string[] LargeWords = ["best", "complex", "hard", "difficult", "quality", "powerful", "strongest", "large"];

    private static readonly string[] CodeWords = ["code", "coding", "program", "programming", "refactor", "software", "debug"];

    private static readonly string[] Fillers =
    [
        "a", "an", "and", "are", "as", "at", "by", "can", "do", "does", "for", "from", "i", "in", "into", "is", "it", "its", "me", "model", "models", "my", "of",
        "on", "one", "or", "our", "ready", "that", "the", "their", "them", "then", "this", "to", "use", "which", "with", "endpoint", "endpoints", "v1", "v2",
    ];

    public required IReadOnlyList<EndpointCapability> Capabilities { get; init; }

    public required EndpointMode? Mode { get; init; }

    public required int? MinContextWindow { get; init; }

    public required bool WantsSmall { get; init; }

    public required bool WantsLarge { get; init; }

    public required bool WantsCode { get; init; }

    /// <summary>The words that may stand in names and descriptions.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    public static TaskInWords Read(string task)
    {
        var lower = task[..Math.Min(task.Length, LongestTask)].ToLowerInvariant();
        HashSet<string> words = [.. Word().Matches(lower).Select(match => match.Value)];
        var capabilities = Abilities.Where(ability => ability.Words.Any(words.Contains)).Select(ability => ability.Capability).ToList();

        // "embed pictures" is rare beside "an assistant that reads pictures"; what takes images chats.
        EndpointMode? mode = Modes.FirstOrDefault(mode => mode.Words.Any(words.Contains)) is { Words: not null } named ? named.Mode : null;
        return new TaskInWords
        {
            Capabilities = capabilities,
            Mode = mode ?? (capabilities.Count > 0 || CodeWords.Any(words.Contains) ? EndpointMode.Chat : null),
            MinContextWindow = ContextIn(lower, words),
            WantsSmall = SmallWords.Any(words.Contains),
            WantsLarge = LargeWords.Any(words.Contains),
            WantsCode = CodeWords.Any(words.Contains),
            Topics = [.. words.Except(Fillers).Where(word => word.Length > 2)],
        };
    }

    // "200k tokens", "1 million tokens", "a 1m context".
    private static int? ContextIn(string task, HashSet<string> words)
    {
        if (!words.Contains("token") && !words.Contains("tokens") && !words.Contains("context"))
        {
            return null;
        }

        var match = Amount().Match(task);
        if (!match.Success || !double.TryParse(match.Groups[1].Value.Replace(",", ""), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var tokens = number * match.Groups[2].Value switch { "k" or "thousand" => 1_000, "m" or "million" => 1_000_000, _ => 1 };
        return tokens is >= 1 and <= int.MaxValue ? (int)tokens : null;
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"(\d+(?:[.,]\d+)*)\s*(k|m|thousand|million)?\b", RegexOptions.CultureInvariant)]
    private static partial Regex Amount();
}
