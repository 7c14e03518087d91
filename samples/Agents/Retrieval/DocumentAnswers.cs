using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Agents.Retrieval;

/// <summary>
/// Generates responses from passages, with citations. It uses the abstraction <c>IChatClient</c> only, so it works with any provider.
/// </summary>
internal sealed partial class DocumentAnswers(IChatClient chat, PassageIndex index)
{
    private const int PassagesPerQuestion = 3;

    public async Task<(string Text, IReadOnlyList<Passage> Cited)> AskAsync(string question)
    {
        var found = await index.SearchAsync(question, PassagesPerQuestion);
        var options = new ChatOptions { Instructions = Instructions([.. found.Select(item => item.Passage)]) };
        ChatResponse response = await chat.GetResponseAsync(question, options);

        var cited = Citation().Matches(response.Text)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) - 1)
            .Where(number => number >= 0 && number < found.Count)
            .Distinct()
            .Select(number => found[number].Passage);
        return (response.Text, [.. cited]);
    }

    // Each sentence carries its number: models that quote it quote the number too.
    private static string Instructions(IReadOnlyList<Passage> passages)
    {
        var numbered = passages.Index().Select(item => SentenceEnd().Replace(item.Item.Text, $" [{item.Index + 1}]."));
        return "Answer from these sentences alone, in one sentence, and keep the number behind what you use.\n" +
            string.Join('\n', numbered);
    }

    [GeneratedRegex(@"\[(\d+)\]")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\.(?=\s|$)")]
    private static partial Regex SentenceEnd();
}
