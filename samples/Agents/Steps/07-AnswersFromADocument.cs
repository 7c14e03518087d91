using Agents.Retrieval;

namespace Agents.Steps;

/// <summary>
/// Retrieval-augmented generation: a document is split, embedded, kept in a vector store collection and searched, and the model generates
/// a response from the results with citations. <c>-- documents folder</c> does the same with your own files.
/// </summary>
internal sealed class AnswersFromADocument : IStep
{
    private static readonly (string Question, string Heading)[] Questions =
    [
        ("How much does a late return cost?", "Return"),
        ("How long does the battery of a bicycle with a motor last?", "Batteries"),
        ("Until when is a booking canceled free of charge?", "Canceling"),
    ];

    public string Title => "Retrieval-augmented generation";

    public async Task RunAsync(Workspace workspace)
    {
        // One line differs from the same program with OpenAI's client: using var models = Models.OpenAI();
        using var models = Models.Databricks(workspace);

        using var collection = new PassageCollection("bicycle-hire", models.Embeddings);
        await collection.UpsertAsync(await DocumentFolder.ReadAsync(Path.Combine(AppContext.BaseDirectory, "Documents")));
        var answers = new DocumentAnswers(models.Chat, collection);

        foreach (var (question, heading) in Questions)
        {
            var answer = await answers.AskAsync(question);

            var nearest = answer.Found.Select(found => FormattableString.Invariant($"{found.Record.Heading} {found.Score:F2}"));
            Console.WriteLine($"> {question}");
            Console.WriteLine(Terminal.Dim($"  nearest: {string.Join(", ", nearest)}"));
            Console.WriteLine($"  {answer.Text}");
            Console.WriteLine($"  from: {string.Join(", ", answer.Cited.Select(cited => cited.Passage.Heading))}");

            StepFailedException.Unless(answer.Found[0].Record.Heading == heading, $"The nearest passage is not '{heading}'.");
            StepFailedException.Unless(
                answer.Cited.Any(cited => cited.Passage.Heading == heading), $"The response does not cite '{heading}'.");
        }
    }
}
