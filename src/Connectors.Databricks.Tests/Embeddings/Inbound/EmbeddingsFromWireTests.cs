using System.Net;
using System.Text;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Embeddings.Inbound;

/// <summary>The embedding answers of serving reference §7.2, and what a client meets in their place.</summary>
public class EmbeddingsFromWireTests
{
    [Fact]
    public async Task Vectors_counts_and_facts_are_read()
    {
        var clock = new FakeClock(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000));
        var service = new VerbatimService().Answers(
            """
            {"object":"list","model":"gte-large-en-v1.5",
             "data":[{"object":"embedding","index":0,"embedding":[0.01,-0.2]},{"object":"embedding","index":1,"embedding":[0.3,0.1]}],
             "usage":{"prompt_tokens":4,"total_tokens":4}}
            """,
            headers: [("x-databricks-request-id", "request-1"), ("served-model-name", "gte-1")]);

        var all = await service.Generator(configure: options => options.TimeProvider = clock).GenerateAsync(["alpha", "beta"]);

        Assert.Equal([[0.01f, -0.2f], [0.3f, 0.1f]], all.Values());
        Assert.All(all, embedding => Assert.Equal(
            (TestSurface.Name, clock.GetUtcNow(), 2), (embedding.ModelId, embedding.CreatedAt, embedding.Dimensions)));
        Assert.Equal((4L, null, 4L), (all.Usage!.InputTokenCount, all.Usage.OutputTokenCount, all.Usage.TotalTokenCount));
        Assert.Equal("request-1", all.AdditionalProperties![DatabricksPropertyNames.RequestId]);
        Assert.Equal("gte-1", all.AdditionalProperties[DatabricksPropertyNames.ServedModelName]);
    }

    [Fact]
    public async Task Vectors_are_ordered_by_their_index()
    {
        var all = await Vectors.Reads(
            """{"data":[{"index":2,"embedding":[2]},{"embedding":[0],"index":0},{"index":1,"object":"embedding","embedding":[1]}]}""", 3);

        Assert.Equal([[0f], [1f], [2f]], all.Values());
    }

    [Fact]
    public async Task An_index_may_be_text() =>
        Assert.Equal(
            [[0f], [1f]],
            (await Vectors.Reads("""{"data":[{"index":"1","embedding":[1]},{"index":"0","embedding":[0]}]}""", 2)).Values());

    [Fact]
    public async Task Vectors_without_an_index_keep_their_order() =>
        Assert.Equal([[5f], [6f]], (await Vectors.Reads("""{"data":[{"embedding":[5]},{"embedding":[6]}]}""", 2)).Values());

    [Fact]
    public async Task Base64_is_little_endian_floats()
    {
        // 1.0, -2.5 and 0.1 as a little-endian machine holds them.
        var all = await Vectors.Reads("""{"data":[{"index":0,"embedding":"AACAPwAAIMDNzMw9"}]}""", 1);

        Assert.Equal([[1f, -2.5f, 0.1f]], all.Values());
    }

    [Theory]
    [InlineData("""AACAPwAAIMDNzMw9\u002FwAAgD8=""")]
    [InlineData("""AACAPwAAIMDNzMw9/wAAgD8=""")]
    public async Task Base64_that_is_no_whole_floats_is_refused(string text) =>
        Assert.Contains(
            "a response that is not the expected JSON", (await Vectors.Failure($$"""{"data":[{"embedding":"{{text}}"}]}""")).Message);

    [Theory]
    [InlineData("""AAC\u0041PwAAIMA=""")]
    [InlineData("""AACAPwAAIM\u0041=""")]
    [InlineData("""AACAPwAAIMA=""")]
    public async Task Base64_may_be_escaped(string text) =>
        Assert.Equal([[1f, -2.5f]], (await Vectors.Reads($$"""{"data":[{"embedding":"{{text}}"}]}""", 1)).Values());

    [Fact]
    public async Task Lists_and_base64_may_be_mixed() => Assert.Equal(
        [[1f, -2.5f], [3f, 4f]],
        (await Vectors.Reads("""{"data":[{"embedding":"AACAPwAAIMA="},{"embedding":[3,4]}]}""", 2)).Values());

    [Theory]
    [InlineData("[ 1 , -2.5 ,\n\t0.1 ]")]
    [InlineData("[1, -2.5, 0.1]")]
    [InlineData("[1.0e0,-2.5,1e-1]")]
    public async Task Numbers_may_be_written_in_every_way_of_JSON(string numbers) =>
        Assert.Equal([[1f, -2.5f, 0.1f]], (await Vectors.Reads($$"""{"data":[{"embedding":{{numbers}}}]}""", 1)).Values());

    [Fact]
    public async Task A_document_in_pieces_of_any_size_reads_as_a_whole_one()
    {
        var numbers = string.Join(", ", Enumerable.Range(0, 300).Select(i => FormattableString.Invariant($"{i * 0.000123456789:R}")));
        var document = Encoding.UTF8.GetBytes(
            $$"""
            {"object":"list","extra":{"deep":[1,{"a":"]}"}]},
             "data":[{"index":1,"embedding":[{{numbers}}]},{"index":0,"embedding":[{{numbers}}]}],
             "usage":{"prompt_tokens":7,"total_tokens":7} }
            """);
        var expected = await Vectors.Reads(Encoding.UTF8.GetString(document), 2);

        foreach (var size in new[] { 1, 2, 3, 7, 41, 64, 1000 })
        {
            var service = new VerbatimService().Answers(HttpStatusCode.OK, new StreamContent(new SlicedStream(document, size)));
            var all = await service.Generator().GenerateAsync(["a", "b"]);
            Assert.Equal(expected.Values(), all.Values());
            Assert.Equal(7, all.Usage!.InputTokenCount);
        }
    }

    [Fact]
    public async Task A_list_of_numbers_without_an_end_does_not_fill_the_memory()
    {
        var numbers = new StringBuilder("0").Insert(1, ",0", 2 * 1024 * 1024);

        var exception = await Vectors.Failure($$"""{"data":[{"index":0,"embedding":[{{numbers}}""");

        Assert.Equal("An embedding has more than 1048576 numbers.", exception.InnerException!.Message);
    }

    [Fact]
    public async Task A_body_that_is_larger_than_every_buffer_is_read()
    {
        var padding = new string('x', 300_000);
        var all = await Vectors.Reads($$"""{"note":"{{padding}}","data":[{"note":"{{padding}}","embedding":[1]}]}""", 1);

        Assert.Equal([[1f]], all.Values());
    }

    [Theory]
    [InlineData("""{"data":[{"index":0,"embedding":[1]}]}""", "1 embeddings for 2 inputs")]
    [InlineData("""{"data":[]}""", "0 embeddings for 2 inputs")]
    [InlineData("""{"object":"list"}""", "0 embeddings for 2 inputs")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[2]}]}""", "two embeddings with index 0")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":2,"embedding":[2]}]}""", "an embedding with index 2 for 2 inputs")]
    [InlineData("""{"data":[{"index":-1,"embedding":[1]}]}""", "an embedding with index -1 for 2 inputs")]
    [InlineData("""{"data":[{"embedding":[1]},{"embedding":[2]},{"embedding":[3]}]}""", "an embedding with index 2 for 2 inputs")]
    [InlineData("""{"data":[{"index":0,"embedding":null}]}""", "item 0 without an embedding")]
    [InlineData("""{"data":[{"index":0}]}""", "item 0 without an embedding")]
    [InlineData("""{"data":[{"embedding":[1,2]},{"embedding":[1]}]}""", "embeddings of 2 and of 1 numbers")]
    [InlineData("""{"data":[{"embedding":[1]},{"embedding":[1,2]}]}""", "embeddings of 1 and of 2 numbers")]
    public async Task Vectors_that_are_missing_doubled_or_unequal_throw(string response, string what) => Assert.Equal(
        $"Embedding on endpoint '{TestSurface.Name}' failed: {what}. " +
        "Contact Databricks support with the request id, or check the code of a custom model.",
        (await Vectors.Failure(response, 2)).Message);

    [Fact]
    public async Task Vectors_of_another_length_than_asked_for_throw() => Assert.Equal(
        $"Embedding on endpoint '{TestSurface.Name}' failed: embeddings of 3 numbers instead of 2. " +
        "The model does not support shorter vectors: leave Dimensions unset.",
        (await Vectors.Failure("""{"data":[{"embedding":[1,2,3]}]}""", options: new EmbeddingGenerationOptions { Dimensions = 2 }))
            .Message);

    [Theory]
    [InlineData("""{"data":[{"embedding":[1,]}]}""")]
    [InlineData("""{"data":[{"embedding":[,1]}]}""")]
    [InlineData("""{"data":[{"embedding":[1 2]}]}""")]
    [InlineData("""{"data":[{"embedding":[01]}]}""")]
    [InlineData("""{"data":[{"embedding":[1-2]}]}""")]
    [InlineData("""{"data":[{"embedding":[0x10]}]}""")]
    [InlineData("""{"data":[{"embedding":[NaN]}]}""")]
    [InlineData("""{"data":[{"embedding":[1e39]}]}""")]
    [InlineData("""{"data":[{"embedding":[null]}]}""")]
    [InlineData("""{"data":[{"embedding":["1"]}]}""")]
    [InlineData("""{"data":[{"embedding":[[1]]}]}""")]
    [InlineData("""{"data":[{"embedding":[1""")]
    [InlineData("""{"data":[{"embedding":[1,2""")]
    [InlineData("""{"data":[{"embedding":[1]}""")]
    [InlineData("""{"data":[{"embedding":[1]}]}]""")]
    [InlineData("""{"data":[{"embedding":"no base64!"}]}""")]
    [InlineData("""{"data":[[1]]}""")]
    [InlineData("""{"data":[{"index":0.5,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":99999999999,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":"first","embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":true,"embedding":[1]}]}""")]
    [InlineData("""{"data":[{"index":{},"embedding":[1]}]}""")]
    [InlineData("\"text\"")]
    [InlineData("")]
    public async Task What_is_not_the_JSON_of_embeddings_throws(string response)
    {
        var exception = await Vectors.Failure(response);

        Assert.Equal(
            $"Embedding on endpoint '{TestSurface.Name}' failed: a response that is not the expected JSON. " +
            "If a proxy is in between, check it; otherwise give the request id to Databricks support.", exception.Message);
        Assert.NotNull(exception.InnerException);
    }

    [Theory]
    [InlineData(
        """{"error_code":"INTERNAL_ERROR","message":"It broke."}""", "an error object in a 200 OK body, INTERNAL_ERROR: \"It broke.\"")]
    [InlineData(
        """{"error":{"message":"It broke.","type":"server_error"}}""", "an error object in a 200 OK body, server_error: \"It broke.\"")]
    public async Task An_error_object_in_a_200_body_throws(string response, string what) =>
        Assert.StartsWith($"Embedding on endpoint '{TestSurface.Name}' failed: {what}", (await Vectors.Failure(response)).Message);

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"Hi."}}]}""", "the choices of a chat or a completion")]
    [InlineData("""{"predictions":[[0.1,0.2]]}""", "the predictions of a classic model")]
    [InlineData("[[0.1,0.2]]", "a bare list")]
    public async Task An_answer_of_another_task_is_named(string response, string what) => Assert.Equal(
        $"Embedding on endpoint '{TestSurface.Name}' failed: {what}. Check that the endpoint's task is embeddings (llm/v1/embeddings): " +
        "use GetChatClient for chat and PredictAsync for classic models.", (await Vectors.Failure(response)).Message);

    [Fact]
    public async Task A_body_that_breaks_off_is_transient()
    {
        var broken = new SlicedStream("""{"data":[{"embedding":[1"""u8.ToArray(), 5, new IOException("The connection was reset."));
        var service = new VerbatimService().Answers(HttpStatusCode.OK, new StreamContent(broken));

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => service.Generator().GenerateAsync(["a"]));

        Assert.Equal(
            $"Embedding on endpoint '{TestSurface.Name}' failed: the response ended before its end. Try again.", exception.Message);
        Assert.True(exception.IsTransient);
    }

    [Fact]
    public async Task A_page_of_HTML_is_named()
    {
        var service = new VerbatimService().Answers("<html><title>Sign in</title></html>", mediaType: "text/html");

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => service.Generator().GenerateAsync(["a"]));

        Assert.StartsWith(
            $"Embedding on endpoint '{TestSurface.Name}' failed: an HTML page with a success status: \"Sign in\".", exception.Message);
    }

    [Fact]
    public async Task A_refused_field_gives_advice_of_its_own()
    {
        var service = new VerbatimService().Answers(
            """{"error_code":"BAD_REQUEST","message":"Bad request: json: unknown field \"dimensions\"\n"}""", HttpStatusCode.BadRequest);

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => service.Generator().GenerateAsync(["a"]));

        Assert.Equal(
            $"Embedding on endpoint '{TestSurface.Name}' failed: 400 Bad Request, BAD_REQUEST: \"Bad request: json: unknown field " +
            "\"dimensions\"\". If the message names dimensions, instruction or an additional property, the endpoint does not support " +
            "it: leave it unset. If it is about the input itself, check the endpoint's task (llm/v1/embeddings) and the length of the " +
            "inputs.",
            exception.Message);
    }
}
