using Connectors.Databricks;

namespace Agents.Retrieval;

/// <summary>Retrieval-augmented generation over the text files of a folder, in the terminal.</summary>
internal static class Documents
{
    /// <returns>0, or 2 when there is nothing to ask about.</returns>
    /// <exception cref="ArgumentException">There is no key for OpenAI.</exception>
    public static async Task<int> RunAsync(Workspace workspace, string folder, bool useOpenAI)
    {
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"There is no folder '{folder}'.");
            return 2;
        }

        using var models = useOpenAI ? Models.OpenAI() : Models.Databricks(workspace);   // the only difference
        var passages = await DocumentFolder.ReadAsync(folder);
        if (passages.Count == 0)
        {
            Console.Error.WriteLine($"There is no .md or .txt file in '{folder}'.");
            return 2;
        }

        using var collection = new PassageCollection("documents", models.Embeddings);
        await collection.UpsertAsync(passages);
        var answers = new DocumentAnswers(models.Chat, collection);

        var files = passages.Select(passage => passage.File).Distinct().Count();
        Console.WriteLine($"{passages.Count} passages, files: {files}. An empty line ends.");
        while (Ask() is { } question)
        {
            if (question.StartsWith('/'))
            {
                Console.WriteLine("Write a question about the documents. /exit, or an empty line, ends.");
                continue;
            }

            try
            {
                var answer = await answers.AskAsync(question);
                Console.WriteLine(answer.Text);
                foreach (var (number, passage) in answer.Cited)
                {
                    Console.WriteLine(Terminal.Dim($"  [{number}] {passage.File}: {passage.Heading}"));
                }
            }
            catch (DatabricksServingException exception)
            {
                Console.WriteLine(exception.Message);
            }
        }

        return 0;
    }

    private static string? Ask()
    {
        Console.Write("> ");
        return Console.ReadLine()?.Trim() is { Length: > 0 } question and not "/exit" ? question : null;
    }
}
