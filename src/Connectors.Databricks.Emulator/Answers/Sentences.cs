using System.Text.RegularExpressions;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Splits text into sentences and converts first-person statements to the second person.</summary>
internal static partial class Sentences
{
    public static IReadOnlyList<string> Split(string text) =>
        [.. Border().Split(text).Select(sentence => sentence.Trim()).Where(sentence => sentence.Any(char.IsLetterOrDigit))];

    public static bool IsQuestion(string sentence) => sentence.EndsWith('?') || Asking().IsMatch(sentence);

    /// <summary>"My name is Ada." → "Your name is Ada."</summary>
    public static string TurnedToTheUser(string sentence)
    {
        var turned = FirstPerson().Replace(sentence, match => match.Value.ToUpperInvariant() switch
        {
            "I AM" or "I'M" => "you are",
            "I WAS" => "you were",
            "I'VE" => "you have",
            "I" or "ME" => "you",
            "MY" => "your",
            "MINE" => "yours",
            "MYSELF" => "yourself",
            _ => match.Value,
        });
        return turned.Length == 0 ? turned : char.ToUpperInvariant(turned[0]) + turned[1..];
    }

    [GeneratedRegex(@"(?<=[.!?])\s+|\r?\n+")]
    private static partial Regex Border();

    [GeneratedRegex(
        @"^(what|who|whom|whose|where|when|why|how|which|is|are|do|does|did|can|could|will|would|should|tell|give|explain|"
        + @"summari[sz]e|list|describe|find|show|write|count)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Asking();

    [GeneratedRegex(@"\b(I am|I'm|I was|I've|I|me|my|mine|myself)\b", RegexOptions.IgnoreCase)]
    private static partial Regex FirstPerson();
}
