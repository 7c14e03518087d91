using System.Text.Json.Serialization;
using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management;

/// <summary>The authentication at Cohere.</summary>
public sealed record CohereModelConfig : ExternalModelConfig
{
    /// <summary>Gets the API key.</summary>
    [JsonIgnore]
    public EndpointSecret? ApiKey { get; init; }

    /// <summary>Gets the base URL, if it differs from Cohere's default.</summary>
    [JsonPropertyName("cohere_api_base")]
    public string? ApiBase { get; init; }

    internal override string? MissingSecret => ApiKey is null ? "cohere_api_key" : null;

    [JsonInclude]
    internal string? CohereApiKey { get => ApiKey?.Reference; init => ApiKey = EndpointSecret.FromWire(value) ?? ApiKey; }

    [JsonInclude]
    [JsonConverter(typeof(PlaintextConverter))]
    internal string? CohereApiKeyPlaintext { get => ApiKey?.Plaintext; init => _ = value; }
}
