using System.Text.Json.Serialization;

namespace Connectors.Databricks;

/// <summary>
/// Settings of Databricks unified authentication, with the names of the Databricks CLI and SDKs. In order of precedence, each setting is
/// read
/// from this object, from its environment variable, and from a profile of <c>~/.databrickscfg</c>.
/// </summary>
/// <remarks>The description of each property lists its profile key and its environment variable. An empty string counts as unset.</remarks>
public sealed class DatabricksAuthenticationOptions
{
    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksAuthenticationOptions"/> class without values, so that all settings come from
    /// the environment.
    /// </summary>
    public DatabricksAuthenticationOptions()
    {
    }

    /// <summary>Gets or sets the profile of the configuration file (<c>DATABRICKS_CONFIG_PROFILE</c>).</summary>
    /// <value>
    /// Default: <see langword="null"/>: the file's <c>[__settings__] default_profile</c>, then <c>DEFAULT</c>. Both are read only if no
    /// other setting selects a credential or a host.
    /// </value>
    public string? Profile { get; set; }

    /// <summary>
    /// Gets or sets the path of the configuration file (<c>DATABRICKS_CONFIG_FILE</c>). A leading <c>~</c> is the home directory.
    /// </summary>
    /// <value>Default: <c>~/.databrickscfg</c>.</value>
    public string? ConfigFile { get; set; }

    /// <summary>
    /// Gets or sets the authentication type to use (<c>auth_type</c>, <c>DATABRICKS_AUTH_TYPE</c>): pat, basic, oauth-m2m, databricks-cli,
    /// metadata-service, github-oidc, azure-devops-oidc, env-oidc, file-oidc, github-oidc-azure, azure-msi, azure-client-secret, azure-cli
    /// or model-serving.
    /// </summary>
    /// <value>
    /// Default: <see langword="null"/>: the first of them that returns a token, in this order of precedence. If settings of two
    /// authentication types are configured, an exception is thrown.
    /// </value>
    public string? AuthType { get; set; }

    /// <summary>Gets or sets the id of the Databricks account (<c>account_id</c>, <c>DATABRICKS_ACCOUNT_ID</c>).</summary>
    /// <value>Default: <see langword="null"/>; discovered from the host where it is needed.</value>
    public string? AccountId { get; set; }

    /// <summary>
    /// Gets or sets the id of the workspace (<c>workspace_id</c>, <c>DATABRICKS_WORKSPACE_ID</c>), sent as
    /// <c>X-Databricks-Workspace-Id</c>. Required by hosts that serve several workspaces.
    /// </summary>
    /// <value>Default: <see langword="null"/>; taken from the query of the host or its metadata, if they have it.</value>
    public string? WorkspaceId { get; set; }

    /// <summary>Gets or sets the cloud provider (<c>cloud</c>, <c>DATABRICKS_CLOUD</c>): AWS, Azure or GCP.</summary>
    /// <value>Default: <see langword="null"/>, determined from the host.</value>
    public string? Cloud { get; set; }

    /// <summary>Gets or sets a personal access token or another bearer token (<c>token</c>, <c>DATABRICKS_TOKEN</c>). Secret.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    [JsonIgnore]
    public string? Token { get; set; }

    /// <summary>
    /// Gets or sets the user name for basic authentication, which current workspaces reject (<c>username</c>, <c>DATABRICKS_USERNAME</c>).
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? Username { get; set; }

    /// <summary>Gets or sets the password for basic authentication (<c>password</c>, <c>DATABRICKS_PASSWORD</c>). Secret.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    [JsonIgnore]
    public string? Password { get; set; }

    /// <summary>Gets or sets the application id of the service principal (<c>client_id</c>, <c>DATABRICKS_CLIENT_ID</c>).</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? ClientId { get; set; }

    /// <summary>
    /// Gets or sets the OAuth secret of the service principal, for the client credentials flow (<c>client_secret</c>,
    /// <c>DATABRICKS_CLIENT_SECRET</c>). Secret.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    [JsonIgnore]
    public string? ClientSecret { get; set; }

    /// <summary>Gets or sets the scopes of OAuth tokens (<c>scopes</c>, comma-separated in a profile).</summary>
    /// <value>Default: <see langword="null"/>, which requests <c>all-apis</c>.</value>
    public IList<string>? Scopes { get; set; }

    /// <summary>
    /// Gets or sets the permissions that an OAuth token is limited to (<c>authorization_details</c>, a JSON array in a profile), which
    /// route-optimized endpoints require.
    /// </summary>
    /// <value>Default: <see langword="null"/>, not sent.</value>
    public IList<DatabricksAuthorizationDetail>? AuthorizationDetails { get; set; }

    /// <summary>Gets or sets the URL of the OAuth metadata document (<c>discovery_url</c>, <c>DATABRICKS_DISCOVERY_URL</c>).</summary>
    /// <value>Default: <see langword="null"/>, discovered from the host.</value>
    public string? DiscoveryUrl { get; set; }

    /// <summary>
    /// Gets or sets the audience of the OIDC token that GitHub issues (<c>token_audience</c>, <c>DATABRICKS_TOKEN_AUDIENCE</c>).
    /// </summary>
    /// <value>Default: <see langword="null"/>: the audience of the host's metadata, then the account id, then the token endpoint.</value>
    public string? TokenAudience { get; set; }

    /// <summary>
    /// Gets or sets the name of the environment variable that contains an OIDC token (<c>oidc_token_env</c>,
    /// <c>DATABRICKS_OIDC_TOKEN_ENV</c>).
    /// </summary>
    /// <value>Default: <c>DATABRICKS_OIDC_TOKEN</c>.</value>
    public string? OidcTokenEnv { get; set; }

    /// <summary>
    /// Gets or sets the path of a file that contains an OIDC token (<c>oidc_token_filepath</c>, <c>DATABRICKS_OIDC_TOKEN_FILEPATH</c>).
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? OidcTokenFilePath { get; set; }

    /// <summary>
    /// Gets or sets the path of the Databricks CLI, or a name to find on the PATH (<c>databricks_cli_path</c>, <c>DATABRICKS_CLI_PATH</c>).
    /// </summary>
    /// <value>Default: <c>databricks</c> on the PATH.</value>
    public string? DatabricksCliPath { get; set; }

    /// <summary>
    /// Gets or sets the URL of a local token service (<c>metadata_service_url</c>, <c>DATABRICKS_METADATA_SERVICE_URL</c>) on
    /// <c>localhost</c> or <c>127.0.0.1</c>. Secret.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    [JsonIgnore]
    public string? MetadataServiceUrl { get; set; }

    /// <summary>
    /// Gets or sets the Azure resource id of the workspace (<c>azure_workspace_resource_id</c>, <c>DATABRICKS_AZURE_RESOURCE_ID</c>). The
    /// host is discovered from it if none is configured.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? AzureWorkspaceResourceId { get; set; }

    /// <summary>
    /// Gets or sets the application id of an Entra service principal or managed identity (<c>azure_client_id</c>, <c>ARM_CLIENT_ID</c>).
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? AzureClientId { get; set; }

    /// <summary>
    /// Gets or sets the client secret of an Entra service principal (<c>azure_client_secret</c>, <c>ARM_CLIENT_SECRET</c>). Secret.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    [JsonIgnore]
    public string? AzureClientSecret { get; set; }

    /// <summary>Gets or sets the id of the Entra tenant (<c>azure_tenant_id</c>, <c>ARM_TENANT_ID</c>).</summary>
    /// <value>Default: <see langword="null"/>, discovered from the workspace.</value>
    public string? AzureTenantId { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether to authenticate with the managed identity of the Azure resource (<c>azure_use_msi</c>,
    /// <c>ARM_USE_MSI</c>).
    /// </summary>
    /// <value>Default: <see langword="null"/>, no.</value>
    public bool? AzureUseMsi { get; set; }

    /// <summary>Gets or sets the Azure cloud (<c>azure_environment</c>, <c>ARM_ENVIRONMENT</c>): PUBLIC, USGOVERNMENT or CHINA.</summary>
    /// <value>Default: <see langword="null"/>: determined from the host, then PUBLIC.</value>
    public string? AzureEnvironment { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the Azure authentication types also send a token for Azure Resource Manager
    /// (<c>X-Databricks-Azure-SP-Management-Token</c>), so that a principal unknown to the workspace is authorized by its Azure role.
    /// </summary>
    /// <value>
    /// Default: <see langword="null"/>: only if <see cref="AzureWorkspaceResourceId"/> is set. Serving endpoints have been reported to
    /// reject requests with this header (databricks-sdk-py issue 657).
    /// </value>
    public bool? AzureManagementToken { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether tokens are refreshed in the background before they expire. The opposite of
    /// <c>disable_async_token_refresh</c> and <c>DATABRICKS_DISABLE_ASYNC_TOKEN_REFRESH</c>.
    /// </summary>
    /// <value>
    /// Default: <see langword="null"/>, which is <see langword="true"/> unless the environment or a profile disables it.
    /// </value>
    public bool? RefreshTokensInBackground { get; set; }

    internal DatabricksAuthenticationOptions Copy()
    {
        var copy = (DatabricksAuthenticationOptions)MemberwiseClone();
        copy.Scopes = Scopes is null ? null : [.. Scopes];
        copy.AuthorizationDetails = AuthorizationDetails is null ? null : [.. AuthorizationDetails.Select(detail => detail.Copy())];
        return copy;
    }
}
