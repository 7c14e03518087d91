using System.Text.RegularExpressions;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Finds what a prompt is about, in words that fit behind "about": "the capital of France", "who wrote Faust".</summary>
internal static partial class PromptTopic
{
    /// <summary>The topic of a prompt whose topic is not found.</summary>
    public const string Unnamed = "that";

    private const int LongestTopic = 60;

    /// <returns>The topic as it is written in the prompt; "that" for prompts of another form.</returns>
    public static string Of(string prompt)
    {
        var topic = Subject().Match(prompt) is { Success: true } subject ? subject.Groups["t"].Value
            : Author().Match(prompt) is { Success: true } author ? $"who {author.Groups["t"].Value}"
            : Unnamed;
        return topic.Length <= LongestTopic ? topic.Replace(" like in ", " in ", StringComparison.OrdinalIgnoreCase) : Unnamed;
    }

    [GeneratedRegex(
        @"^\s*(?:please\s+)?(?:(?:can|could|would)\s+you\s+)?(?:(?:what|who|where|when)(?:'s|\s+is|\s+are|\s+was|\s+were)"
        + @"|tell\s+me(?:\s+more)?\s+about|describe|explain|define|inspect|compare|list|show(?:\s+me)?|find)\s+(?<t>[^?!\n]+?)[?.!\s]*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Subject();

    [GeneratedRegex(@"^\s*who\s+(?!(?:do|does|did|has|have|can|will)\b)(?<t>[^?!\n]+?)[?.!\s]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Author();
}
