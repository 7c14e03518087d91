using System.Text.Json.Serialization;
using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management;

/// <summary>The authentication at another Databricks workspace.</summary>
public sealed record DatabricksModelServingModelConfig : ExternalModelConfig
{
    /// <summary>Gets the URL of the workspace that serves the model.</summary>
    [JsonPropertyName("databricks_workspace_url")]
    public string? WorkspaceUrl { get; init; }

    /// <summary>Gets the access token for that workspace.</summary>
    [JsonIgnore]
    public EndpointSecret? ApiToken { get; init; }

    internal override string? MissingSecret => ApiToken is null ? "databricks_api_token" : null;

    [JsonInclude]
    internal string? DatabricksApiToken { get => ApiToken?.Reference; init => ApiToken = EndpointSecret.FromWire(value) ?? ApiToken; }

    [JsonInclude]
    [JsonConverter(typeof(PlaintextConverter))]
    internal string? DatabricksApiTokenPlaintext { get => ApiToken?.Plaintext; init => _ = value; }
}
