using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>Exchanges of the embedding task, with both documents in the test.</summary>
internal static class Vectors
{
    /// <summary>An answer to one input, for tests of the request.</summary>
    public const string OneVector = """{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":[0.5]}]}""";

    public static IEmbeddingGenerator<string, Embedding<float>> Generator(
        this VerbatimService service, DatabricksEmbeddingOptions? options = null, Action<DatabricksServingOptions>? configure = null) =>
        service.Client(configure).GetEmbeddingGenerator(TestSurface.Name, options);

    /// <summary>Embeds and checks the request; the answer does not matter.</summary>
    public static async Task Sends(
        string request, string[] inputs, EmbeddingGenerationOptions? options = null, DatabricksEmbeddingOptions? limits = null)
    {
        var service = new VerbatimService().Answers(Answer(inputs.Length, options?.Dimensions ?? limits?.Dimensions ?? 1));
        await service.Generator(limits).GenerateAsync(inputs, options);
        JsonText.AssertEqual(request, Assert.Single(service.Sent).Body);
    }

    /// <summary>Reads one body that answers so many inputs.</summary>
    public static Task<GeneratedEmbeddings<Embedding<float>>> Reads(string response, int inputs) =>
        new VerbatimService().Answers(response).Generator().GenerateAsync(Texts(inputs));

    public static Task<DatabricksServingException> Failure(string response, int inputs = 1, EmbeddingGenerationOptions? options = null) =>
        Assert.ThrowsAsync<DatabricksServingException>(
            () => new VerbatimService().Answers(response).Generator().GenerateAsync(Texts(inputs), options));

    public static string[] Texts(int count) => [.. Enumerable.Range(0, count).Select(i => $"text {i}")];

    /// <summary>A body of so many vectors, each filled with its own number.</summary>
    public static string Answer(int count, int dimensions = 1) =>
        $$"""
        {"data":[{{string.Join(',', Enumerable.Range(0, count).Select(i => Item(i, dimensions)))}}],
         "usage":{"prompt_tokens":{{count}},"total_tokens":{{count}} } }
        """;

    private static string Item(int index, int dimensions) =>
        $$"""{"index":{{index}},"embedding":[{{string.Join(',', Enumerable.Repeat(index, dimensions))}}]}""";

    public static float[][] Values(this GeneratedEmbeddings<Embedding<float>> embeddings) =>
        [.. embeddings.Select(embedding => embedding.Vector.ToArray())];
}
