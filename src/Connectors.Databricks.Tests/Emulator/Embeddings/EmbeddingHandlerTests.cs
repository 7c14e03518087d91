using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Embeddings;

/// <summary>Embedding endpoints as serving reference §7.2 has them.</summary>
public class EmbeddingHandlerTests
{
    private const string Gte = "databricks-gte-large-en";
    private const string Bge = "databricks-bge-large-en";
    private const string Qwen = "databricks-qwen3-embedding-0-6b";

    [Fact]
    public async Task An_answer_has_the_members_of_the_service()
    {
        await using Wire wire = await Wire.OpenAsync();

        JsonNode answer = JsonNode.Parse(await wire.ReadAsync(Gte, """{"input":["two words","and three more"]}"""))!;
        foreach (JsonNode? item in answer["data"]!.AsArray())
        {
            item!["embedding"] = item["embedding"]!.AsArray().Count;
        }

        Wire.SameJson(
            """
            {"object":"list","model":"gte-large-en-v1.5",
             "data":[{"object":"embedding","index":0,"embedding":1024},{"object":"embedding","index":1,"embedding":1024}],
             "usage":{"prompt_tokens":5,"total_tokens":5}}
            """,
            answer.ToJsonString());
    }

    [Theory]
    [InlineData(Gte, false)]
    [InlineData(Bge, true)]
    [InlineData(Qwen, true)]
    public async Task Only_some_models_normalize(string endpoint, bool isNormalized)
    {
        await using Wire wire = await Wire.OpenAsync();

        float[] vector = await VectorAsync(wire, endpoint, "The quick brown fox.");

        Assert.Equal(1024, vector.Length);
        Assert.Equal(isNormalized, Math.Abs(Length(vector) - 1) < 1e-5);
    }

    [Theory]
    [InlineData(Gte)]
    [InlineData(Bge)]
    [InlineData(Qwen)]
    public async Task Near_texts_have_near_vectors(string endpoint)
    {
        await using Wire wire = await Wire.OpenAsync();
        float[] question = await VectorAsync(wire, endpoint, "How long may goods be returned?");

        double near = Cosine(question, await VectorAsync(wire, endpoint, "Goods can be returned within thirty days."));
        double far = Cosine(question, await VectorAsync(wire, endpoint, "The office opens at nine and has a blue door."));

        Assert.True(near > far + 0.1, $"near {near}, far {far}");
        Assert.InRange(Cosine(question, await VectorAsync(wire, endpoint, "How long may goods be returned?")), 0.9999, 1.0001);
    }

    [Fact]
    public async Task An_instruction_moves_the_vector_a_little()
    {
        await using Wire wire = await Wire.OpenAsync();

        float[] plain = await VectorAsync(wire, Bge, "returned goods");
        float[] query = await VectorAsync(
            wire, Bge, "returned goods", ",\"instruction\":\"Represent this sentence for searching relevant passages:\"");

        Assert.InRange(Cosine(plain, query), 0.8, 0.9999);
    }

    [Fact]
    public async Task Qwen_shortens_its_vectors_and_the_others_know_no_dimensions()
    {
        await using Wire wire = await Wire.OpenAsync();

        float[] whole = await VectorAsync(wire, Qwen, "text");
        float[] shortened = await VectorAsync(wire, Qwen, "text", ",\"dimensions\":64");

        Assert.Equal((64, true), (shortened.Length, Math.Abs(Length(shortened) - 1) < 1e-5));
        Assert.InRange(Cosine(whole[..64], shortened), 0.9999, 1.0001);
        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: json: unknown field \"dimensions\"\n"}""",
            await wire.AskAsync(Gte, """{"input":"x","dimensions":64}"""));
    }

    [Theory]
    [InlineData(EmulatedEncodingFormat.Honored)]
    [InlineData(EmulatedEncodingFormat.Ignored)]
    public async Task Base64_holds_the_same_floats(EmulatedEncodingFormat encodingFormat)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.EncodingFormat = encodingFormat);
        float[] expected = await VectorAsync(wire, Gte, "text");

        string body = await wire.ReadAsync(Gte, """{"input":"text","encoding_format":"base64"}""");
        JsonNode answer = JsonNode.Parse(body)!["data"]![0]!["embedding"]!;

        float[] vector = encodingFormat == EmulatedEncodingFormat.Honored
            ? MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(answer.GetValue<string>())).ToArray()
            : Floats(answer);
        Assert.Equal(expected, vector);
    }

    [Theory]
    [InlineData("""{"input":"x","encoding_format":"base64"}""", "json: unknown field \\\"encoding_format\\\"")]
    [InlineData("""{"input":"x","messages":[]}""", "json: unknown field \\\"messages\\\"")]
    [InlineData("{}", "input: a string or a list of strings is required")]
    [InlineData("""{"input":[]}""", "input: a string or a list of strings is required")]
    [InlineData("""{"input":[1]}""", "input: a string or a list of strings is required")]
    [InlineData("""{"input":["a","b","c","d"]}""", "input: at most 3 strings are allowed, got 4")]
    public async Task What_the_model_does_not_take_is_refused(string body, string message)
    {
        await using Wire wire = await Wire.OpenAsync(options =>
        {
            options.Quirks.EncodingFormat = EmulatedEncodingFormat.Rejected;
            options.Limits.MaxEmbeddingInputs = 3;
        });

        Assert.Equal($$"""400 {"error_code":"BAD_REQUEST","message":"Bad request: {{message}}\n"}""", await wire.AskAsync(Gte, body));
    }

    [Fact]
    public async Task A_text_that_is_too_long_for_the_model_is_refused()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(Bge, $$"""{"input":"{{string.Join(' ', Enumerable.Repeat("word", 513))}}"}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: input: 513 tokens exceed the limit of 512\n"}""", answer);
    }

    [Fact]
    public async Task Scripted_failures_come_first()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint(Gte).Fails(429, "REQUEST_LIMIT_EXCEEDED", "Slow down.");

        Assert.Equal(
            """429 {"error_code":"REQUEST_LIMIT_EXCEEDED","message":"Slow down."}""", await wire.AskAsync(Gte, """{"input":"x"}"""));
        Assert.Equal(1024, (await VectorAsync(wire, Gte, "x")).Length);
    }

    [Fact]
    public async Task An_endpoint_can_resemble_a_default_model()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.AddEmbeddingEndpointLike("mine", Qwen);

        Assert.Equal(8, (await VectorAsync(wire, "mine", "x", ",\"dimensions\":8")).Length);
        Assert.Throws<KeyNotFoundException>(() => wire.Emulator.AddEmbeddingEndpointLike("mine", "unknown"));
    }

    private static async Task<float[]> VectorAsync(Wire wire, string endpoint, string text, string more = "") =>
        Floats(JsonNode.Parse(await wire.ReadAsync(endpoint, $$"""{"input":"{{text}}"{{more}} }"""))!["data"]![0]!["embedding"]!);

    private static float[] Floats(JsonNode list) => [.. list.AsArray().Select(number => (float)number!.GetValue<double>())];

    private static double Length(float[] vector) => Math.Sqrt(Dot(vector, vector));

    private static double Cosine(float[] a, float[] b) => Dot(a, b) / (Length(a) * Length(b));

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
