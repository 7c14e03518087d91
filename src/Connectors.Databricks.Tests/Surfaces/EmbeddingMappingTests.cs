using System.Net;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Surfaces.GatewayDouble;

namespace Connectors.Databricks.Tests.Surfaces;

/// <summary>Embeddings of a legacy name: every request of a call goes where the first one learned to go, with the same inputs.</summary>
public class EmbeddingMappingTests
{
    [Fact]
    public async Task Each_batch_is_written_for_the_route_that_was_learned()
    {
        var bodies = new List<JsonNode>();
        var workspace = new GatewayDouble().Enforces().Endpoint(Legacy, Model).Services((Service, Model));
        workspace.Answers.Insert(0, ("POST /ai-gateway/mlflow/v1/embeddings", body =>
        {
            bodies.Add(JsonNode.Parse(body)!);
            return (HttpStatusCode.OK, VectorBody);
        }));
        var generator = workspace.Client().GetEmbeddingGenerator(Legacy,
            new DatabricksEmbeddingOptions { MaxInputsPerRequest = 1, MaxConcurrentRequests = 1, Instruction = "find" });

        var result = await generator.GenerateAsync(
            ["one", "two", "three"],
            new EmbeddingGenerationOptions { AdditionalProperties = new() { ["encoding_format"] = "base64", ["user"] = "me" } });

        Assert.Equal(
            ["one", "two", "three"], bodies.Select(body => (string)body["input"]![0]!));
        Assert.All(bodies, body => JsonText.AssertEqual(
            $$"""{"model":"{{Service}}","instruction":"find","user":"me","input":["{{(string)body["input"]![0]!}}"]}""",
            body.ToJsonString()));
        Assert.Equal(3, result.Count);
        Assert.Equal("model", Assert.Single(result.GetRequestAdjustments()).Field);
        Assert.Single(workspace.Requests, request => request.StartsWith("POST /serving-endpoints", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, new float[] { 3, 4 })]
    [InlineData(true, new[] { 0.6f, 0.8f })]
    public async Task Vectors_are_normalized_when_the_option_is_set(bool normalizes, float[] expected)
    {
        var service = new VerbatimService().Answers(VectorBody);

        var result = await service.Client().GetEmbeddingGenerator(
            "system.ai.gte-large-en", new DatabricksEmbeddingOptions { NormalizeVectors = normalizes }).GenerateAsync(["one"]);

        Assert.Equal(expected, result[0].Vector.ToArray());
    }

    [Fact]
    public async Task A_vector_without_a_direction_stays_zero()
    {
        var service = new VerbatimService().Answers("""{"data":[{"index":0,"embedding":[0,0]}]}""");

        var result = await service.Client().GetEmbeddingGenerator("x",
            new DatabricksEmbeddingOptions { NormalizeVectors = true }).GenerateAsync(["one"]);

        Assert.Equal([0, 0], result[0].Vector.ToArray());
    }

    [Fact]
    public async Task Base64_is_read_though_it_is_not_requested()
    {
        var service = new VerbatimService().Answers("""{"data":[{"index":0,"embedding":"AABAQAAAgEA="}]}""");

        var result = await service.Client().GetEmbeddingGenerator("system.ai.x").GenerateAsync(["one"]);

        Assert.Equal([3, 4], result[0].Vector.ToArray());
        Assert.DoesNotContain("encoding_format", service.Sent[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("system.ai.gte-large-en", 1024, false)]
    [InlineData("system.ai.gte-large-en", 512, true)]
    [InlineData("system.ai.qwen3-embedding-0-6b", 512, true)]
    [InlineData("system.ai.unknown-model", 512, true)]
    public async Task The_length_that_a_model_has_anyway_is_not_sent(string name, int dimensions, bool isSent)
    {
        var vector = string.Join(',', Enumerable.Repeat("1", dimensions));
        var service = new VerbatimService().Answers($$"""{"data":[{"index":0,"embedding":[{{vector}}]}]}""");

        var result = await service.Client().GetEmbeddingGenerator(name,
            new DatabricksEmbeddingOptions { Dimensions = dimensions }).GenerateAsync(["one"]);

        Assert.Equal(dimensions, result[0].Vector.Length);
        Assert.Equal(isSent, service.Sent[0].Body.Contains("\"dimensions\"", StringComparison.Ordinal));
    }
}
