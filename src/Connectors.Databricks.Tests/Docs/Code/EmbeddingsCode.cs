using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/embeddings.md. Each public method runs on the emulator as a test.</summary>
internal static class EmbeddingsCode
{
    public static async Task Embed(DatabricksServingClient serving)
    {
        // <embed>
        var generator = serving.GetEmbeddingGenerator("system.ai.gte-large-en");

        GeneratedEmbeddings<Embedding<float>> all = await generator.GenerateAsync(["a lakehouse", "a house by a lake"]);
        foreach (Embedding<float> embedding in all)
        {
            Console.WriteLine($"{embedding.ModelId}: {embedding.Dimensions} numbers, the first is {embedding.Vector.Span[0]}");
        }

        Console.WriteLine($"{all.Usage?.InputTokenCount} tokens");
        // </embed>
        Assert.Equal(2, all.Count);
    }

    public static async Task EmbedMany(DatabricksServingClient serving)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(path, Enumerable.Range(0, 60).Select(i => $"line {i}"));

            // <embed-many>
            var generator = serving.GetEmbeddingGenerator(
                "system.ai.gte-large-en",
                new DatabricksEmbeddingOptions { MaxInputsPerRequest = 50, MaxConcurrentRequests = 8 });

            // Lines are drawn from the file as requests need them.
            var all = await generator.GenerateAsync(File.ReadLines(path));
            // </embed-many>
            Assert.Equal(60, all.Count);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static async Task EmbedQuery(DatabricksServingClient serving)
    {
        // <embed-query>
        var documents = serving.GetEmbeddingGenerator("databricks-bge-large-en");
        var queries = serving.GetEmbeddingGenerator(
            "databricks-bge-large-en",
            new DatabricksEmbeddingOptions { Instruction = "Represent this sentence for searching relevant passages:" });

        ReadOnlyMemory<float> query = await queries.GenerateVectorAsync("How long may goods be returned?");
        ReadOnlyMemory<float> document = await documents.GenerateVectorAsync("Goods can be returned within thirty days.");
        // </embed-query>
        Assert.Equal(query.Length, document.Length);
    }

    public static async Task Base64(DatabricksServingClient serving)
    {
        var generator = serving.GetEmbeddingGenerator("system.ai.gte-large-en");

        // <embed-bytes>
        var options = new EmbeddingGenerationOptions { AdditionalProperties = new() { ["encoding_format"] = "base64" } };
        var all = await generator.GenerateAsync(["a lakehouse"], options);
        // </embed-bytes>
        Assert.Single(all);
    }
}
