using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Embeddings;

/// <summary>An embedding body, read for what the emulator acts on.</summary>
internal sealed class EmbeddingRequest(JsonObject body)
{
    public JsonObject Body => body;

    /// <summary>The texts; null when <c>input</c> is neither a text nor a list of texts.</summary>
    public IReadOnlyList<string>? Inputs { get; } = body["input"] switch
    {
        JsonArray array when array.All(item => item.Text() is not null) => [.. array.Select(item => item.Text()!)],
        JsonNode node when node.Text() is string text => [text],
        _ => null,
    };

    public string? Instruction { get; } = body.Text("instruction");

    public int? Dimensions { get; } = body.Integer("dimensions");

    public bool WantsBase64 { get; } = body.Text("encoding_format") == "base64";
}
