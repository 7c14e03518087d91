using System.Text.RegularExpressions;
using Connectors.Databricks.Emulator.Conversation;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>"Name one Dutch painter." and then "Name another.": a first conversation of two turns.</summary>
internal static partial class KnownPainters
{
    private static readonly string[] Names = ["Rembrandt", "Johannes Vermeer", "Vincent van Gogh", "Frans Hals", "Judith Leyster"];

    public static string? Answer(ChatRequest request)
    {
        List<string> prompts =
        [
            .. request.Turns.Where(turn => turn.Role == "user").Select(turn => turn.Text).Where(text => Named().IsMatch(text)),
        ];
        var last = ConversationHistory.LastUserText(request);
        if (!Named().IsMatch(last) || !prompts.Exists(text => Painter().IsMatch(text)))
        {
            return null;
        }

        var first = last.Contains("another", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        return $"{Names[Math.Max(prompts.Count - 1, first) % Names.Length]}.";
    }

    [GeneratedRegex(@"^\s*name\s+(?:an?|one|another)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex(@"\bpainter\b", RegexOptions.IgnoreCase)]
    private static partial Regex Painter();
}
