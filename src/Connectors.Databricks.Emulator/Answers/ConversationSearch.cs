using System.Text.RegularExpressions;
using Connectors.Databricks.Emulator.Conversation;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Finds the sentences of the conversation that share most words with the question.</summary>
internal static partial class ConversationSearch
{
    public static string? Answer(ChatRequest request)
    {
        var last = request.Turns.Select((turn, index) => turn.Role == "user" ? index : -1).DefaultIfEmpty(-1).Max();
        if (last < 0)
        {
            return null;
        }

        var said = Sentences.Split(request.Turns[last].Text);
        var question = said.LastOrDefault(Sentences.IsQuestion);
        if (question is null)
        {
            return null;
        }

        var results = request.Turns.Take(last).Where(turn => turn.Role == "tool").Select(turn => turn.Text);
        if (ResultRecords.About(question, results) is { } record)
        {
            return record;
        }

        var words = Keywords.ExtractFromQuestion(question);
        var asksForResponses = AboutResponses().IsMatch(question);
        List<(string Sentence, bool IsUsers, int Score)> candidates =
        [
            .. request.Turns.Take(last)
                .Where(turn => (turn.Role != "assistant" || asksForResponses) && !(turn.Role == "tool" && ResultRecords.IsJson(turn.Text)))
                .SelectMany(turn => Statements(Sentences.Split(turn.Text))
                    .Select(item => (item.Sentence, item.About, IsUsers: turn.Role == "user")))
                .Concat(Statements(said).Select(item => (item.Sentence, item.About, IsUsers: true)))
                .Select(candidate => (
                    candidate.Sentence,
                    candidate.IsUsers,
                    words.Count(Keywords.ExtractFromQuestion(candidate.About).Contains))),
        ];
        var best = candidates.Select(candidate => candidate.Score).DefaultIfEmpty(0).Max();
        if (best == 0)
        {
            return null;
        }

        // Later statements correct earlier ones, so the last of the best is quoted; a weak tie quotes two.
        List<string> quoted = [];
        var winners = candidates.Index().Where(item => item.Item.Score == best).Select(item => item.Index);
        foreach (var index in winners.TakeLast(best > 1 ? 1 : 2))
        {
            // "It was completed in 1889." is about the sentence before.
            if (index > 0 && GoesOn(candidates[index].Sentence))
            {
                quoted.Add(Turned(candidates[index - 1]));
            }

            quoted.Add(Turned(candidates[index]));
            if (index + 1 < candidates.Count && candidates[index + 1].Score > 0 && GoesOn(candidates[index + 1].Sentence))
            {
                quoted.Add(Turned(candidates[index + 1]));
            }
        }

        return string.Join(" ", quoted.Distinct());
    }

    /// <summary>The sentences that are no questions, each with the one before if that is a question, or if it begins with "It".</summary>
    private static IEnumerable<(string Sentence, string About)> Statements(IReadOnlyList<string> sentences) =>
        from index in Enumerable.Range(0, sentences.Count)
        let sentence = sentences[index]
        where !Sentences.IsQuestion(sentence)
        let goesOn = index > 0 && (Sentences.IsQuestion(sentences[index - 1]) || GoesOn(sentence))
        select (sentence, goesOn ? $"{sentences[index - 1]} {sentence}" : sentence);

    private static string Turned((string Sentence, bool IsUsers, int Score) candidate) =>
        candidate.IsUsers ? Sentences.TurnedToTheUser(candidate.Sentence) : candidate.Sentence;

    private static bool GoesOn(string sentence) =>
        sentence.Split(' ')[0] is "It" or "They" or "This" or "These" or "He" or "She" or "Its" or "Their";

    [GeneratedRegex(@"\byou\s+(?:tell|say|find)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AboutResponses();
}
