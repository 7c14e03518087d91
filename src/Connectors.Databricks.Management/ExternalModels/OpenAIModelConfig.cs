using System.Text.Json.Serialization;
using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management;

/// <summary>The authentication at OpenAI, or at Azure OpenAI with an API key or Microsoft Entra.</summary>
public sealed record OpenAIModelConfig : ExternalModelConfig
{
    /// <summary>Gets the API key.</summary>
    [JsonIgnore]
    public EndpointSecret? ApiKey { get; init; }

    /// <summary>Gets the API type: <c>openai</c>, <c>azure</c> or <c>azuread</c>.</summary>
    /// <value>Default: <see langword="null"/>; the service uses <c>openai</c>.</value>
    [JsonPropertyName("openai_api_type")]
    public string? ApiType { get; init; }

    /// <summary>Gets the base URL; required for Azure OpenAI.</summary>
    [JsonPropertyName("openai_api_base")]
    public string? ApiBase { get; init; }

    /// <summary>Gets the API version; required for Azure OpenAI.</summary>
    [JsonPropertyName("openai_api_version")]
    public string? ApiVersion { get; init; }

    /// <summary>Gets the deployment name; required for Azure OpenAI.</summary>
    [JsonPropertyName("openai_deployment_name")]
    public string? DeploymentName { get; init; }

    /// <summary>Gets the organization.</summary>
    [JsonPropertyName("openai_organization")]
    public string? Organization { get; init; }

    /// <summary>Gets the Microsoft Entra tenant id, for <c>azuread</c>.</summary>
    public string? MicrosoftEntraTenantId { get; init; }

    /// <summary>Gets the Microsoft Entra client id, for <c>azuread</c>.</summary>
    public string? MicrosoftEntraClientId { get; init; }

    /// <summary>Gets the Microsoft Entra client secret, for <c>azuread</c>.</summary>
    [JsonIgnore]
    public EndpointSecret? EntraClientSecret { get; init; }

    internal override string? MissingSecret =>
        ApiKey is not null || EntraClientSecret is not null ? null
        : ApiType == "azuread" || MicrosoftEntraClientId is not null ? "microsoft_entra_client_secret"
        : "openai_api_key";

    [JsonInclude]
    internal string? OpenaiApiKey { get => ApiKey?.Reference; init => ApiKey = EndpointSecret.FromWire(value) ?? ApiKey; }

    [JsonInclude]
    [JsonConverter(typeof(PlaintextConverter))]
    internal string? OpenaiApiKeyPlaintext { get => ApiKey?.Plaintext; init => _ = value; }

    [JsonInclude]
    internal string? MicrosoftEntraClientSecret
    {
        get => EntraClientSecret?.Reference;
        init => EntraClientSecret = EndpointSecret.FromWire(value) ?? EntraClientSecret;
    }

    [JsonInclude]
    [JsonConverter(typeof(PlaintextConverter))]
    internal string? MicrosoftEntraClientSecretPlaintext { get => EntraClientSecret?.Plaintext; init => _ = value; }
}
