using System.Text.Json.Serialization;
using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management;

/// <summary>The authentication at AI21 Labs.</summary>
public sealed record AI21LabsModelConfig : ExternalModelConfig
{
    /// <summary>Gets the API key.</summary>
    [JsonIgnore]
    public EndpointSecret? ApiKey { get; init; }

    internal override string? MissingSecret => ApiKey is null ? "ai21labs_api_key" : null;

    [JsonInclude]
    [JsonPropertyName("ai21labs_api_key")]
    internal string? Ai21LabsApiKey { get => ApiKey?.Reference; init => ApiKey = EndpointSecret.FromWire(value) ?? ApiKey; }

    [JsonInclude]
    [JsonPropertyName("ai21labs_api_key_plaintext")]
    [JsonConverter(typeof(PlaintextConverter))]
    internal string? Ai21LabsApiKeyPlaintext { get => ApiKey?.Plaintext; init => _ = value; }
}
