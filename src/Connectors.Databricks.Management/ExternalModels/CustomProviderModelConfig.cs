using System.Text.Json.Serialization;
using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management;

/// <summary>
/// The URL of a service that implements the OpenAI API, and the authentication there: with a bearer token, or with an API key in a header.
/// </summary>
public sealed record CustomProviderModelConfig : ExternalModelConfig
{
    /// <summary>Gets the URL of the provider.</summary>
    [JsonPropertyName("custom_provider_url")]
    public string? Url { get; init; }

    /// <summary>Gets the bearer token.</summary>
    [JsonIgnore]
    public EndpointSecret? BearerToken { get; init; }

    /// <summary>Gets the name of the header or query parameter that holds <see cref="ApiKey"/>.</summary>
    [JsonIgnore]
    public string? ApiKeyName { get; init; }

    /// <summary>Gets the API key, sent as <see cref="ApiKeyName"/>.</summary>
    [JsonIgnore]
    public EndpointSecret? ApiKey { get; init; }

    internal override string? MissingSecret =>
        BearerToken is not null || ApiKey is not null ? null
        : ApiKeyName is null ? "bearer_token_auth.token"
        : "api_key_auth.value";

    [JsonInclude]
    internal BearerTokenOnWire? BearerTokenAuth
    {
        get => BearerToken is null ? null : new(BearerToken.Reference, BearerToken.Plaintext);
        init => BearerToken = EndpointSecret.FromWire(value?.Token) ?? BearerToken;
    }

    [JsonInclude]
    internal ApiKeyOnWire? ApiKeyAuth
    {
        get => ApiKeyName is null && ApiKey is null ? null : new(ApiKeyName, ApiKey?.Reference, ApiKey?.Plaintext);
        init => (ApiKeyName, ApiKey) = (value?.Key ?? ApiKeyName, EndpointSecret.FromWire(value?.Value) ?? ApiKey);
    }

    internal sealed record BearerTokenOnWire(string? Token, [property: JsonConverter(typeof(PlaintextConverter))] string? TokenPlaintext);

    internal sealed record ApiKeyOnWire(
        string? Key, string? Value, [property: JsonConverter(typeof(PlaintextConverter))] string? ValuePlaintext);
}
