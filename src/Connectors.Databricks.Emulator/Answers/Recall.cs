using Connectors.Databricks.Emulator.Conversation;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Finds the sentences of the conversation that share most words with the question.</summary>
internal static class Recall
{
    public static string? Answer(ChatRequest request)
    {
        int last = request.Turns.Select((turn, index) => turn.Role == "user" ? index : -1).DefaultIfEmpty(-1).Max();
        if (last < 0)
        {
            return null;
        }

        IReadOnlyList<string> said = Sentences.Of(request.Turns[last].Text);
        string? question = said.LastOrDefault(Sentences.IsQuestion);
        if (question is null)
        {
            return null;
        }

        HashSet<string> words = Words.OfQuestion(question);
        List<(string Sentence, bool IsUsers, int Score)> candidates =
        [
            .. request.Turns.Take(last)
                .Where(turn => turn.Role != "assistant")
                .SelectMany(turn => Sentences.Of(turn.Text).Select(sentence => (Sentence: sentence, IsUsers: turn.Role == "user")))
                .Concat(said.Where(sentence => sentence != question).Select(sentence => (Sentence: sentence, IsUsers: true)))
                .Where(candidate => !Sentences.IsQuestion(candidate.Sentence))
                .Select(candidate => (candidate.Sentence, candidate.IsUsers, words.Count(Words.OfQuestion(candidate.Sentence).Contains))),
        ];
        int best = candidates.Select(candidate => candidate.Score).DefaultIfEmpty(0).Max();
        if (best == 0)
        {
            return null;
        }

        // Later statements correct earlier ones, so the last of the best is quoted; a tie across documents quotes two.
        return string.Join(" ", candidates
            .Where(candidate => candidate.Score == best)
            .TakeLast(best > 1 ? 1 : 2)
            .Select(candidate => candidate.IsUsers ? Sentences.TurnedToTheUser(candidate.Sentence) : candidate.Sentence)
            .Distinct());
    }
}
