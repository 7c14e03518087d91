using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace Agents.Retrieval;

/// <summary>
/// Generates responses from passages, with citations. It uses <c>IChatClient</c> and <c>VectorStoreCollection</c> only, so it works with
/// any provider and any vector store.
/// </summary>
internal sealed partial class DocumentAnswers(IChatClient chat, VectorStoreCollection<string, Passage> passages)
{
    private const int PassagesPerQuestion = 3;

    public async Task<DocumentAnswer> AskAsync(string question, CancellationToken cancellationToken = default)
    {
        var found = await passages.SearchAsync(question, PassagesPerQuestion, cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken);
        var options = new ChatOptions { Instructions = Instructions([.. found.Select(item => item.Record)]) };
        ChatResponse response = await chat.GetResponseAsync(question, options, cancellationToken);

        var cited = Citation().Matches(response.Text)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) - 1)
            .Where(number => number >= 0 && number < found.Count)
            .Distinct()
            .Select(number => (number + 1, found[number].Record));
        return new DocumentAnswer(response.Text, [.. cited], found);
    }

    // Each sentence carries its number: models that quote it quote the number too.
    private static string Instructions(IReadOnlyList<Passage> passages)
    {
        var numbered = passages.Index().Select(item => SentenceEnd().Replace(item.Item.Text, $" [{item.Index + 1}]."));
        return "Answer from these sentences alone, in one sentence, and keep the number behind what you use.\n" +
            string.Join('\n', numbered);
    }

    [GeneratedRegex(@"\[(\d{1,3})\]")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\.(?=\s|$)")]
    private static partial Regex SentenceEnd();
}

/// <summary>A response from documents.</summary>
/// <param name="Text">The text, with numbers of passages.</param>
/// <param name="Cited">The passages that the text names, by number.</param>
/// <param name="Found">The passages that were given to the model, the nearest first.</param>
internal sealed record DocumentAnswer(
    string Text, IReadOnlyList<(int Number, Passage Passage)> Cited, IReadOnlyList<VectorSearchResult<Passage>> Found);
