using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Endpoints;

/// <summary>Whose model Amazon Bedrock runs (<c>bedrock_provider</c>).</summary>
/// <param name="Value">The word on the wire; one that is not listed here is kept as it came.</param>
[JsonConverter(typeof(OpenTextConverter<BedrockProvider>))]
public readonly record struct BedrockProvider(string Value) : IOpenText<BedrockProvider>
{
    /// <summary>AI21 Labs.</summary>
    public static BedrockProvider AI21Labs { get; } = new("ai21labs");

    /// <summary>Amazon.</summary>
    public static BedrockProvider Amazon { get; } = new("amazon");

    /// <summary>Anthropic.</summary>
    public static BedrockProvider Anthropic { get; } = new("anthropic");

    /// <summary>Cohere.</summary>
    public static BedrockProvider Cohere { get; } = new("cohere");

    /// <summary>The word on the wire.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? string.Empty;

    static BedrockProvider IOpenText<BedrockProvider>.From(string value) => new(value);
}
