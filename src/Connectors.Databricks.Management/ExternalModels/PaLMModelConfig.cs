using System.Text.Json.Serialization;
using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management;

/// <summary>The authentication at Google PaLM.</summary>
public sealed record PaLMModelConfig : ExternalModelConfig
{
    /// <summary>Gets the API key.</summary>
    [JsonIgnore]
    public EndpointSecret? ApiKey { get; init; }

    internal override string? MissingSecret => ApiKey is null ? "palm_api_key" : null;

    [JsonInclude]
    internal string? PalmApiKey { get => ApiKey?.Reference; init => ApiKey = EndpointSecret.FromWire(value) ?? ApiKey; }

    [JsonInclude]
    [JsonConverter(typeof(PlaintextConverter))]
    internal string? PalmApiKeyPlaintext { get => ApiKey?.Plaintext; init => _ = value; }
}
