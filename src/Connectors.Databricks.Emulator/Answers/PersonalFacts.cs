using System.Text.RegularExpressions;
using Connectors.Databricks.Emulator.Conversation;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Finds facts about the user in earlier messages: a name, a home, or anything called "my …".</summary>
internal static partial class PersonalFacts
{
    // A period or comma within "3.5" and "1,000" does not end a clause.
    private const string ClauseEnd = @"(?=\s+(?:and|but|so|because|while|since|for|with)\b|[;!?\n]|[.,](?!\d)|$)";

    // Up to four words, none of which starts another clause.
    private const string Thing = @"(?<k>(?!(?:and|but|my)\b)[\p{L}'-]+(?:\s+(?!(?:and|but|my)\b)[\p{L}'-]+){0,3}?)";

    // A name starts with a capital letter, which keeps "I am tired" apart from "I am Ada".
    private const string CapitalWords = @"(?<v>\p{Lu}[\p{L}'’-]*(?:\s+\p{Lu}[\p{L}'’-]*)*)";

    public static string? Answer(ChatRequest request)
    {
        if (Sentences.Split(ConversationHistory.LastUserText(request)).LastOrDefault(Sentences.IsQuestion) is not string question)
        {
            return null;
        }

        string[] told =
        [
            .. request.Turns.Where(turn => turn.Role == "user")
                .SelectMany(turn => Sentences.Split(turn.Text))
                .Where(sentence => !Sentences.IsQuestion(sentence)),
        ];
        if (AsksForHome().IsMatch(question))
        {
            return Last(told, Home()) is Match home ? $"You live in {home.Groups["v"].Value}." : null;
        }

        var wanted = AsksWho().IsMatch(question) ? "name"
            : AsksForMine().Match(question) is { Success: true } asked ? asked.Groups["k"].Value
            : null;
        if (wanted is null)
        {
            return null;
        }

        return wanted.Equals("name", StringComparison.OrdinalIgnoreCase) && (Last(told, NamedSo()) ?? Last(told, IAm())) is Match name
            ? $"Your name is {name.Groups["v"].Value}."
            : Last(told, Mine(), match => match.Groups["k"].Value.Equals(wanted, StringComparison.OrdinalIgnoreCase)) is Match mine
                ? Sentences.TurnedToTheUser(mine.Value.TrimEnd()) + "."
                : null;
    }

    /// <summary>Later statements correct earlier ones.</summary>
    private static Match? Last(string[] told, Regex statement, Func<Match, bool>? isWanted = null) =>
        told.SelectMany(sentence => statement.Matches(sentence)).LastOrDefault(match => isWanted is null || isWanted(match));

    [GeneratedRegex(@"\bwhere\s+(?:do\s+I\s+live|am\s+I\s+from|is\s+my\s+home)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksForHome();

    [GeneratedRegex(@"\b(?:who\s+am\s+I|what\s+am\s+I\s+called)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksWho();

    [GeneratedRegex(@"\bmy\s+" + Thing + @"\s*(?:\?|$|\bagain\b|\bis\b)", RegexOptions.IgnoreCase)]
    private static partial Regex AsksForMine();

    [GeneratedRegex(@"\b(?i:my\s+name\s+is|my\s+name['’]s|call\s+me)\s+" + CapitalWords)]
    private static partial Regex NamedSo();

    [GeneratedRegex(@"\b(?i:I\s+am|I['’]m)\s+" + CapitalWords)]
    private static partial Regex IAm();

    [GeneratedRegex(@"\bI(?:\s+live\s+in|(?:\s+am|['’]m|\s+come)\s+from)\s+(?<v>[^;!?\n]+?)" + ClauseEnd, RegexOptions.IgnoreCase)]
    private static partial Regex Home();

    [GeneratedRegex(@"\bmy\s+" + Thing + @"\s+(?:is|are|was|were)\s+(?<v>[^;!?\n]+?)" + ClauseEnd, RegexOptions.IgnoreCase)]
    private static partial Regex Mine();
}
