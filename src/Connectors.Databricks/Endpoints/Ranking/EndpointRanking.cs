using System.Globalization;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Endpoints.Ranking;

/// <summary>Ranks endpoints for a task, with reasons. Who is known not to be able to do it is left out.</summary>
internal static partial class EndpointRanking
{
    private const double ForMode = 2;
    private const double ForCapability = 3;
    private const double ForTopic = 2;
    private const double ForSize = 2;
    private const double ForBeingReady = 1;
    private const double ForNotBeingReady = -3;
    private const double ForTheUnknown = -1;
    private const double ForDeprecation = -2;
    private const int MostWordsNamed = 10;

    public static IReadOnlyList<EndpointRecommendation> Rank(TaskInWords task, IEnumerable<CatalogEntry> entries) =>
    [
        .. entries
            .Select(entry => Judge(task, entry))
            .OfType<EndpointRecommendation>()
            .OrderByDescending(recommendation => recommendation.Score)
            .ThenBy(recommendation => recommendation.Entry.Name, StringComparer.Ordinal),
    ];

    private static EndpointRecommendation? Judge(TaskInWords task, CatalogEntry entry)
    {
        var verdict = new Verdict();
        if (!JudgeTopics(task, entry, verdict) & !JudgeMode(task, entry, verdict))
        {
            return null;
        }

        if (!JudgeCapabilities(task, entry, verdict) || !JudgeContext(task, entry, verdict))
        {
            return null;
        }

        JudgeSize(task, entry, verdict);
        JudgeState(entry, verdict);
        return new EndpointRecommendation(entry, verdict.Score, verdict.Reasons, verdict.Cautions);
    }

    /// <returns>Whether a name or a description speaks of the task.</returns>
    private static bool JudgeTopics(TaskInWords task, CatalogEntry entry, Verdict verdict)
    {
        HashSet<string> words = [.. Texts(entry).SelectMany(text => Word().Matches(text.ToLowerInvariant()).Select(match => match.Value))];
        var shared = task.Topics.Where(words.Contains).ToList();
        if (shared.Count > 0)
        {
            verdict.For(ForTopic * shared.Count, $"its name, tags or description say {string.Join(", ", shared.Take(MostWordsNamed).Select(word => $"'{word}'"))}");
        }

        return shared.Count > 0;
    }

    /// <returns>Whether it is called as the task asks.</returns>
    private static bool JudgeMode(TaskInWords task, CatalogEntry entry, Verdict verdict)
    {
        var wanted = task.Mode ?? EndpointMode.Chat;
        if (entry.Mode.Value != wanted)
        {
            return false;
        }

        verdict.For(task.Mode is null ? 0 : ForMode, wanted == EndpointMode.Chat ? "answers chat" : $"made for {wanted}");
        return true;
    }

    private static bool JudgeCapabilities(TaskInWords task, CatalogEntry entry, Verdict verdict)
    {
        foreach (var capability in task.Capabilities)
        {
            if (entry.Can(capability))
            {
                verdict.For(ForCapability, $"known for {capability} ({SourceOf(entry, capability)})");
            }
            else if (SourceOf(entry, capability) is var source && source != CatalogFactSource.Unknown && source != default)
            {
                return false;
            }
            else
            {
                verdict.Against(ForTheUnknown, $"{capability}: not known");
            }
        }

        return true;
    }

    private static CatalogFactSource SourceOf(CatalogEntry entry, EndpointCapability capability) =>
        capability == EndpointCapability.Tools ? entry.SupportsTools.Source
        : capability == EndpointCapability.StructuredOutput ? entry.SupportsStructuredOutput.Source
        : capability == EndpointCapability.Reasoning ? entry.SupportsReasoning.Source
        : entry.InputModalities.Source;

    private static bool JudgeContext(TaskInWords task, CatalogEntry entry, Verdict verdict)
    {
        if (task.MinContextWindow is not { } wanted)
        {
            return true;
        }

        if (entry.ContextWindow.Value is not { } window)
        {
            verdict.Against(ForTheUnknown, "context length: not known");
            return true;
        }

        verdict.For(ForCapability, string.Create(CultureInfo.InvariantCulture, $"takes {window:N0} tokens"));
        return window >= wanted;
    }

    private static void JudgeSize(TaskInWords task, CatalogEntry entry, Verdict verdict)
    {
        var isSmall = SmallModel().IsMatch(entry.Name);
        if (task.WantsSmall && isSmall)
        {
            verdict.For(ForSize, "a small model of its family");
        }
        else if (task.WantsLarge && !isSmall && LargeModel().IsMatch(entry.Name))
        {
            verdict.For(ForSize, "a large model of its family");
        }

        if (task.WantsCode && CodeModel().IsMatch(entry.Name))
        {
            verdict.For(ForCapability, "made for code");
        }
    }

    private static void JudgeState(CatalogEntry entry, Verdict verdict)
    {
        if (entry.Endpoint.IsReady)
        {
            verdict.For(ForBeingReady, "ready");
        }
        else
        {
            verdict.Against(ForNotBeingReady, "not ready now");
        }

        var lifecycle = entry.Lifecycle.Value;
        if (lifecycle is not null && (lifecycle.Stage == DatabricksModelStage.Deprecated || lifecycle.Stage == DatabricksModelStage.Retired))
        {
            var instead = lifecycle.Replacement is { } replacement ? $"; use {replacement}" : "";
            verdict.Against(ForDeprecation, $"its model is {lifecycle.Stage}{instead}");
        }
    }

    private static IEnumerable<string> Texts(CatalogEntry entry)
    {
        yield return entry.Name;
        yield return entry.Endpoint.Description ?? string.Empty;
        foreach (var tag in entry.Endpoint.Tags)
        {
            yield return $"{tag.Key} {tag.Value}";
        }

        foreach (var entity in entry.Endpoint.Config?.ServedEntities ?? [])
        {
            yield return $"{entity.EntityName} {entity.ExternalModel?.Name} {entity.FoundationModel?.Description}";
        }
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    // Whole parts of a name: 'gemini' is not small.
    [GeneratedRegex(@"(^|[-_.])(mini|nano|flash|lite|haiku|small|[1-9]b|[1-2]\db)($|[-_.])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SmallModel();

    [GeneratedRegex(@"(^|[-_.])(opus|pro|maverick|405b|120b|large|max)($|[-_.])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex LargeModel();

    [GeneratedRegex("codex|coder|code", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex CodeModel();

    private sealed class Verdict
    {
        public double Score { get; private set; }

        public List<string> Reasons { get; } = [];

        public List<string> Cautions { get; } = [];

        public void For(double points, string reason)
        {
            Score += points;
            Reasons.Add(reason);
        }

        public void Against(double points, string caution)
        {
            Score += points;
            Cautions.Add(caution);
        }
    }
}
