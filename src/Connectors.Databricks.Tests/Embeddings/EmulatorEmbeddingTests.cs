using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Embeddings;

/// <summary>The whole path over real HTTP, with the emulator at its end.</summary>
public sealed class EmulatorEmbeddingTests : IAsyncLifetime
{
    private DatabricksEmulator _emulator = null!;
    private DatabricksServingClient _serving = null!;

    public async Task InitializeAsync()
    {
        _emulator = await DatabricksEmulator.StartAsync();
        _serving = new DatabricksServingClient(_emulator.Host, DatabricksCredential.FromToken(_emulator.Token));
    }

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Theory]
    [InlineData("databricks-gte-large-en")]
    [InlineData("databricks-bge-large-en")]
    [InlineData("databricks-qwen3-embedding-0-6b")]
    public async Task Base64_and_numbers_are_the_same_vectors(string endpoint)
    {
        var generator = _serving.GetEmbeddingGenerator(endpoint);
        var base64 = new EmbeddingGenerationOptions { AdditionalProperties = new() { ["encoding_format"] = "base64" } };

        var numbers = await generator.GenerateAsync(["alpha", "beta"]);
        var decoded = await generator.GenerateAsync(["alpha", "beta"], base64);

        Assert.Equal(1024, numbers[0].Dimensions);
        Assert.Equal(numbers.Select(vector => vector.Vector.ToArray()), decoded.Select(vector => vector.Vector.ToArray()));
        Assert.Equal((2L, 2L), (numbers.Usage!.InputTokenCount, numbers.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task A_thousand_inputs_come_in_order()
    {
        string[] texts = [.. Enumerable.Range(0, 1_000).Select(i => $"text number {i}")];
        var generator = _serving.GetEmbeddingGenerator("databricks-qwen3-embedding-0-6b", new() { Dimensions = 16 });

        var all = await generator.GenerateAsync(texts);

        Assert.Equal(10, _emulator.Requests.Count);
        Assert.Equal(texts.Length, all.Count);
        foreach (var i in new[] { 0, 99, 100, 555, 999 })
        {
            Assert.Equal((await generator.GenerateAsync([texts[i]]))[0].Vector.ToArray(), all[i].Vector.ToArray());
        }
    }

    [Fact]
    public async Task A_throttled_request_among_many_is_sent_again()
    {
        _emulator.Endpoint("databricks-gte-large-en").Fails(429, "REQUEST_LIMIT_EXCEEDED", retryAfter: TimeSpan.Zero);
        var generator = _serving.GetEmbeddingGenerator(
            "databricks-gte-large-en", new() { MaxInputsPerRequest = 1, MaxConcurrentRequests = 1 });

        Assert.Equal(2, (await generator.GenerateAsync(["a", "b"])).Count);
        Assert.Equal([429, 200, 200], _emulator.Requests.Select(request => request.StatusCode!.Value));
    }

    [Fact]
    public async Task A_chat_endpoint_takes_no_inputs_and_the_message_says_what_to_check()
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => _serving.GetEmbeddingGenerator("databricks-meta-llama-3-3-70b-instruct").GenerateAsync(["alpha"]));

        Assert.Contains("unknown field \"input\"", exception.Message, StringComparison.Ordinal);
        Assert.Contains("check the endpoint's task (llm/v1/embeddings)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queries_and_documents_differ_by_their_instruction()
    {
        var documents = _serving.GetEmbeddingGenerator("databricks-bge-large-en");
        var queries = _serving.GetEmbeddingGenerator(
            "databricks-bge-large-en", new() { Instruction = "Represent this sentence for searching relevant passages:" });

        var document = await documents.GenerateVectorAsync("returned goods");
        var query = await queries.GenerateVectorAsync("returned goods");

        Assert.NotEqual(document.ToArray(), query.ToArray());
        Assert.Equal(
            "Represent this sentence for searching relevant passages:", (string?)_emulator.Requests[1].Json!["instruction"]);
    }
}
