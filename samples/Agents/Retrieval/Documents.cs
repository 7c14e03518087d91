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
            try
            {
                var answer = await answers.AskAsync(question);
                Console.WriteLine(answer.Text);
                foreach (var passage in answer.Cited)
                {
                    Console.WriteLine(Terminal.Dim($"  {passage.File}: {passage.Heading}"));
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
        return Console.ReadLine()?.Trim() is { Length: > 0 } question ? question : null;
    }
}
