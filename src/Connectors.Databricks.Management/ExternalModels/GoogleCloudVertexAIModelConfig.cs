using System.Text.Json.Serialization;
using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management;

/// <summary>The authentication at Google Cloud Vertex AI.</summary>
public sealed record GoogleCloudVertexAIModelConfig : ExternalModelConfig
{
    /// <summary>Gets the project id.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Gets the region, such as <c>us-central1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>Gets the private key of a service account, as JSON.</summary>
    [JsonIgnore]
    public EndpointSecret? ServiceAccountKey { get; init; }

    internal override string? MissingSecret => ServiceAccountKey is null ? "private_key" : null;

    [JsonInclude]
    internal string? PrivateKey
    {
        get => ServiceAccountKey?.Reference;
        init => ServiceAccountKey = EndpointSecret.FromWire(value) ?? ServiceAccountKey;
    }

    [JsonInclude]
    [JsonConverter(typeof(PlaintextConverter))]
    internal string? PrivateKeyPlaintext { get => ServiceAccountKey?.Plaintext; init => _ = value; }
}
