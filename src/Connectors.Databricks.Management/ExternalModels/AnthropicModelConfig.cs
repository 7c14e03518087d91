using System.Text.Json.Serialization;
using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management;

/// <summary>The authentication at Anthropic.</summary>
public sealed record AnthropicModelConfig : ExternalModelConfig
{
    /// <summary>Gets the API key.</summary>
    [JsonIgnore]
    public EndpointSecret? ApiKey { get; init; }

    internal override string? MissingSecret => ApiKey is null ? "anthropic_api_key" : null;

    [JsonInclude]
    internal string? AnthropicApiKey { get => ApiKey?.Reference; init => ApiKey = EndpointSecret.FromWire(value) ?? ApiKey; }

    [JsonInclude]
    [JsonConverter(typeof(PlaintextConverter))]
    internal string? AnthropicApiKeyPlaintext { get => ApiKey?.Plaintext; init => _ = value; }
}
