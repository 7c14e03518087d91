using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Gateway;

/// <summary>Embeddings through Unity Gateway, on the wire.</summary>
public class GatewayEmbeddingTests
{
    [Theory]
    [InlineData("system.ai.gte-large-en", "", 1024, 20, 32)]
    [InlineData("system.ai.bge-embedding-large", "", 1024, 0.999, 1.001)]
    [InlineData("system.ai.qwen3-embedding-0-6b", "", 1024, 0.999, 1.001)]
    [InlineData("system.ai.qwen3-embedding-0-6b", "\"dimensions\":256,", 256, 0.999, 1.001)]
    public async Task Every_model_has_its_dimensions_and_length(string model, string members, int dimensions, double least, double most)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.SendAsync(
            HttpMethod.Post, GatewayWire.Embeddings, $$"""{"model":"{{model}}",{{members}}"input":["a text"]}""");

        double[] vector = [.. JsonNode.Parse(answer[4..])!["data"]![0]!["embedding"]!.AsArray().Select(value => value!.GetValue<double>())];
        Assert.Equal(dimensions, vector.Length);
        Assert.InRange(Math.Sqrt(vector.Sum(value => value * value)), least, most);
    }

    [Theory]
    [InlineData(GatewayWire.Embeddings, """{"model":"system.ai.gte-large-en","input":"x","stream":true}""")]
    [InlineData(GatewayWire.Embeddings, """{"model":"system.ai.gte-large-en","input":"x","dimensions":64}""")]
    [InlineData(GatewayWire.Embeddings, """{"model":"system.ai.kimi-k3","input":"x"}""")]
    [InlineData(GatewayWire.Chat, """{"model":"system.ai.gte-large-en","messages":[{"role":"user","content":"Hi"}]}""")]
    public async Task What_does_not_fit_the_model_is_rejected(string path, string request)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.StartsWith("400 ", await wire.SendAsync(HttpMethod.Post, path, request), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "200")]
    [InlineData(true, "400")]
    public async Task Dimensions_that_are_no_power_of_two_are_rejected_when_strict(bool strict, string status)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Strict = strict);

        string answer = await wire.SendAsync(
            HttpMethod.Post, GatewayWire.Embeddings, """{"model":"system.ai.qwen3-embedding-0-6b","input":"x","dimensions":100}""");

        Assert.Equal(status, answer[..3]);
    }
}
