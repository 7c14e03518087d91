using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

public class EmbeddingsTests
{
    private const string Model = "databricks-qwen3-embedding-0-6b";

    [Fact]
    public async Task Vectors_are_numbers_in_the_order_of_the_inputs()
    {
        await using var app = await OpenAIApp.StartAsync();
        var (status, list) = await app.PostAsync("embeddings", $$"""{"model":"{{Model}}","input":["a","b"],"dimensions":64,"user":"u"}""");
        var (_, one) = await app.PostAsync("embeddings",
            $$"""{"model":"{{Model}}","input":"b","dimensions":64,"encoding_format":"float"}""");

        Assert.Equal(200, status);
        Assert.Equal([0, 1], list["data"]!.AsArray().Select(item => (int)item!["index"]!));
        Assert.Equal(64, list["data"]![0]!["embedding"]!.AsArray().Count);
        Assert.Equal(one["data"]![0]!["embedding"]!.ToJsonString(), list["data"]![1]!["embedding"]!.ToJsonString());
        Assert.Equal((Model, "list"), ((string?)list["model"], (string?)list["object"]));
        Assert.True((int)list["usage"]!["prompt_tokens"]! > 0);
        Assert.Equal("64", app.Emulator.Requests[0].Json!["dimensions"]!.ToJsonString());
    }

    [Fact]
    public async Task Base64_has_the_same_numbers()
    {
        await using var app = await OpenAIApp.StartAsync();
        var numbers = await VectorAsync(app, "float");
        var base64 = Convert.FromBase64String((string)(await VectorAsync(app, "base64"))!);

        Assert.Equal(
            numbers.AsArray().Select(number => (float)number!), MemoryMarshal.Cast<byte, float>(base64).ToArray());
    }

    private static async Task<JsonNode> VectorAsync(OpenAIApp app, string format) =>
        (await app.PostAsync("embeddings",
            $$"""{"model":"{{Model}}","input":"a","encoding_format":"{{format}}"}""")).Json["data"]![0]!["embedding"]!;
}
