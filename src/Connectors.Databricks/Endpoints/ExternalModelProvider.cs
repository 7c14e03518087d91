using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Endpoints;

/// <summary>Who runs an external model (<c>provider</c>).</summary>
/// <param name="Value">The word on the wire; one that is not listed here is kept as it came.</param>
[JsonConverter(typeof(OpenTextConverter<ExternalModelProvider>))]
public readonly record struct ExternalModelProvider(string Value) : IOpenText<ExternalModelProvider>
{
    /// <summary>AI21 Labs.</summary>
    public static ExternalModelProvider AI21Labs { get; } = new("ai21labs");

    /// <summary>Anthropic.</summary>
    public static ExternalModelProvider Anthropic { get; } = new("anthropic");

    /// <summary>Amazon Bedrock.</summary>
    public static ExternalModelProvider AmazonBedrock { get; } = new("amazon-bedrock");

    /// <summary>Cohere.</summary>
    public static ExternalModelProvider Cohere { get; } = new("cohere");

    /// <summary>Any service that speaks OpenAI's API.</summary>
    public static ExternalModelProvider Custom { get; } = new("custom");

    /// <summary>Model Serving of another workspace.</summary>
    public static ExternalModelProvider DatabricksModelServing { get; } = new("databricks-model-serving");

    /// <summary>Google Cloud Vertex AI.</summary>
    public static ExternalModelProvider GoogleCloudVertexAI { get; } = new("google-cloud-vertex-ai");

    /// <summary>OpenAI, or Azure OpenAI.</summary>
    public static ExternalModelProvider OpenAI { get; } = new("openai");

    /// <summary>Google PaLM.</summary>
    public static ExternalModelProvider PaLM { get; } = new("palm");

    /// <summary>The word on the wire.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? string.Empty;

    static ExternalModelProvider IOpenText<ExternalModelProvider>.From(string value) => new(value);
}
