using Agents.Retrieval;
using Microsoft.Extensions.AI;

namespace Agents.Steps;

/// <summary>
/// Retrieval-augmented generation: a document is split, embedded and searched, and the model generates a response from the results with
/// citations.
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
        // To replace OpenAI, only these two lines change:
        //   new OpenAIClient(key).GetEmbeddingClient("text-embedding-3-small").AsIEmbeddingGenerator()
        //   new OpenAIClient(key).GetChatClient("gpt-5").AsIChatClient()
        IEmbeddingGenerator<string, Embedding<float>> generator = workspace.Serving.GetEmbeddingGenerator(Endpoints.Embeddings);
        IChatClient chat = workspace.Chat(Endpoints.Llama);

        var document = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Documents", "bicycle-hire.md"));
        var index = await PassageIndex.BuildAsync(generator, Passage.Cut(document));
        var answers = new DocumentAnswers(chat, index);

        foreach (var (question, heading) in Questions)
        {
            var nearest = await index.SearchAsync(question, count: 2);
            var (text, cited) = await answers.AskAsync(question);

            var similar = nearest.Select(found => FormattableString.Invariant($"{found.Passage.Heading} {found.Similarity:F2}"));
            Console.WriteLine($"> {question}");
            Console.WriteLine(Terminal.Dim($"  nearest: {string.Join(", ", similar)}"));
            Console.WriteLine($"  {text}");
            Console.WriteLine($"  from: {string.Join(", ", cited.Select(passage => passage.Heading))}");

            StepFailedException.Unless(nearest[0].Passage.Heading == heading, $"The nearest passage is not '{heading}'.");
            StepFailedException.Unless(cited.Any(passage => passage.Heading == heading), $"The response does not cite '{heading}'.");
        }
    }
}
