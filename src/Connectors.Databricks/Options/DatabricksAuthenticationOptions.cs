using System.Text.Json.Serialization;

namespace Connectors.Databricks;

/// <summary>
/// The settings of Databricks unified authentication, as the Databricks CLI and SDKs know them. What is unset here comes from the
/// environment variable of the setting, and what is unset there too comes from a profile of <c>~/.databrickscfg</c>.
/// </summary>
/// <remarks>Each property names its key in a profile and its environment variable. An empty text counts as unset.</remarks>
public sealed class DatabricksAuthenticationOptions
{
    /// <summary>Creates options that leave everything to the environment.</summary>
    public DatabricksAuthenticationOptions()
    {
    }

    internal DatabricksAuthenticationOptions(DatabricksAuthenticationOptions other)
    {
        Profile = other.Profile;
        ConfigFile = other.ConfigFile;
        AuthType = other.AuthType;
        AccountId = other.AccountId;
        WorkspaceId = other.WorkspaceId;
        Cloud = other.Cloud;
        Token = other.Token;
        Username = other.Username;
        Password = other.Password;
        ClientId = other.ClientId;
        ClientSecret = other.ClientSecret;
        Scopes = other.Scopes is null ? null : [.. other.Scopes];
        AuthorizationDetails = other.AuthorizationDetails is null ? null : [.. other.AuthorizationDetails.Select(detail => detail.Copy())];
        DiscoveryUrl = other.DiscoveryUrl;
        TokenAudience = other.TokenAudience;
        OidcTokenEnv = other.OidcTokenEnv;
        OidcTokenFilePath = other.OidcTokenFilePath;
        DatabricksCliPath = other.DatabricksCliPath;
        MetadataServiceUrl = other.MetadataServiceUrl;
        AzureWorkspaceResourceId = other.AzureWorkspaceResourceId;
        AzureClientId = other.AzureClientId;
        AzureClientSecret = other.AzureClientSecret;
        AzureTenantId = other.AzureTenantId;
        AzureUseMsi = other.AzureUseMsi;
        AzureEnvironment = other.AzureEnvironment;
        AzureManagementToken = other.AzureManagementToken;
        DisableAsyncTokenRefresh = other.DisableAsyncTokenRefresh;
    }

    /// <summary>Which profile of the configuration file to use (<c>DATABRICKS_CONFIG_PROFILE</c>).</summary>
    /// <value>
    /// Default: the file's <c>[__settings__] default_profile</c>, else <c>DEFAULT</c>, and those only when nothing else says who you are.
    /// </value>
    public string? Profile { get; set; }

    /// <summary>The configuration file (<c>DATABRICKS_CONFIG_FILE</c>); a leading <c>~</c> is the home folder.</summary>
    /// <value>Default: <c>~/.databrickscfg</c>.</value>
    public string? ConfigFile { get; set; }

    /// <summary>
    /// Forces one way to log in (<c>auth_type</c>, <c>DATABRICKS_AUTH_TYPE</c>): pat, basic, oauth-m2m, databricks-cli, metadata-service,
    /// github-oidc, azure-devops-oidc, env-oidc, file-oidc, github-oidc-azure, azure-msi, azure-client-secret, azure-cli or model-serving.
    /// </summary>
    /// <value>Default: the first of them that works; two configured ones are refused.</value>
    public string? AuthType { get; set; }

    /// <summary>The Databricks account (<c>account_id</c>, <c>DATABRICKS_ACCOUNT_ID</c>).</summary>
    public string? AccountId { get; set; }

    /// <summary>
    /// The workspace (<c>workspace_id</c>, <c>DATABRICKS_WORKSPACE_ID</c>), sent as <c>X-Databricks-Workspace-Id</c>; hosts that serve
    /// several workspaces need it.
    /// </summary>
    public string? WorkspaceId { get; set; }

    /// <summary>AWS, Azure or GCP (<c>cloud</c>, <c>DATABRICKS_CLOUD</c>).</summary>
    /// <value>Default: told from the host.</value>
    public string? Cloud { get; set; }

    /// <summary>A personal access token or another bearer token (<c>token</c>, <c>DATABRICKS_TOKEN</c>). Secret.</summary>
    [JsonIgnore]
    public string? Token { get; set; }

    /// <summary>For basic authentication, which current workspaces reject (<c>username</c>, <c>DATABRICKS_USERNAME</c>).</summary>
    public string? Username { get; set; }

    /// <summary>For basic authentication (<c>password</c>, <c>DATABRICKS_PASSWORD</c>). Secret.</summary>
    [JsonIgnore]
    public string? Password { get; set; }

    /// <summary>The service principal's application id (<c>client_id</c>, <c>DATABRICKS_CLIENT_ID</c>).</summary>
    public string? ClientId { get; set; }

    /// <summary>The service principal's OAuth secret (<c>client_secret</c>, <c>DATABRICKS_CLIENT_SECRET</c>). Secret.</summary>
    [JsonIgnore]
    public string? ClientSecret { get; set; }

    /// <summary>What OAuth tokens may be used for (<c>scopes</c>, comma-separated in a profile).</summary>
    /// <value>Default: <c>all-apis</c>.</value>
    public IList<string>? Scopes { get; set; }

    /// <summary>
    /// Gets or sets the permissions that an OAuth token is limited to (<c>authorization_details</c>, a JSON array in a profile);
    /// route-optimized endpoints take tokens that are made for them.
    /// </summary>
    /// <value>Default: <see langword="null"/>, none are sent.</value>
    public IList<DatabricksAuthorizationDetail>? AuthorizationDetails { get; set; }

    /// <summary>The OAuth metadata document (<c>discovery_url</c>, <c>DATABRICKS_DISCOVERY_URL</c>).</summary>
    /// <value>Default: found from the host.</value>
    public string? DiscoveryUrl { get; set; }

    /// <summary>The audience of GitHub's OIDC token (<c>token_audience</c>, <c>DATABRICKS_TOKEN_AUDIENCE</c>).</summary>
    /// <value>Default: what the host's metadata asks for, else the account, else the token endpoint.</value>
    public string? TokenAudience { get; set; }

    /// <summary>The name of the variable that holds an OIDC token (<c>oidc_token_env</c>, <c>DATABRICKS_OIDC_TOKEN_ENV</c>).</summary>
    /// <value>Default: <c>DATABRICKS_OIDC_TOKEN</c>.</value>
    public string? OidcTokenEnv { get; set; }

    /// <summary>A file that holds an OIDC token (<c>oidc_token_filepath</c>, <c>DATABRICKS_OIDC_TOKEN_FILEPATH</c>).</summary>
    public string? OidcTokenFilePath { get; set; }

    /// <summary>The Databricks CLI (<c>databricks_cli_path</c>, <c>DATABRICKS_CLI_PATH</c>): a path, or a name to find on the PATH.</summary>
    /// <value>Default: <c>databricks</c> on the PATH.</value>
    public string? DatabricksCliPath { get; set; }

    /// <summary>
    /// A token service on this machine (<c>metadata_service_url</c>, <c>DATABRICKS_METADATA_SERVICE_URL</c>), <c>localhost</c> or
    /// <c>127.0.0.1</c>. Secret.
    /// </summary>
    [JsonIgnore]
    public string? MetadataServiceUrl { get; set; }

    /// <summary>
    /// The Azure resource of the workspace (<c>azure_workspace_resource_id</c>, <c>DATABRICKS_AZURE_RESOURCE_ID</c>); it may stand in for
    /// the host.
    /// </summary>
    public string? AzureWorkspaceResourceId { get; set; }

    /// <summary>The application id of an Entra service principal or managed identity (<c>azure_client_id</c>, <c>ARM_CLIENT_ID</c>).</summary>
    public string? AzureClientId { get; set; }

    /// <summary>The secret of an Entra service principal (<c>azure_client_secret</c>, <c>ARM_CLIENT_SECRET</c>). Secret.</summary>
    [JsonIgnore]
    public string? AzureClientSecret { get; set; }

    /// <summary>The Entra tenant (<c>azure_tenant_id</c>, <c>ARM_TENANT_ID</c>).</summary>
    /// <value>Default: the workspace is asked.</value>
    public string? AzureTenantId { get; set; }

    /// <summary>Whether to log in as the managed identity of this Azure machine (<c>azure_use_msi</c>, <c>ARM_USE_MSI</c>).</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool? AzureUseMsi { get; set; }

    /// <summary>PUBLIC, USGOVERNMENT or CHINA (<c>azure_environment</c>, <c>ARM_ENVIRONMENT</c>).</summary>
    /// <value>Default: told from the host, else PUBLIC.</value>
    public string? AzureEnvironment { get; set; }

    /// <summary>
    /// Whether Azure log-ins also send a token for Azure's management (<c>X-Databricks-Azure-SP-Management-Token</c>), so that a principal
    /// that the workspace does not know can act through its Azure role.
    /// </summary>
    /// <value>
    /// Default: only when <see cref="AzureWorkspaceResourceId"/> is set. Serving endpoints have been reported to refuse requests that carry
    /// it (databricks-sdk-py issue 657).
    /// </value>
    public bool? AzureManagementToken { get; set; }

    /// <summary>
    /// Whether tokens are renewed only once they have expired, never ahead in the background (<c>disable_async_token_refresh</c>,
    /// <c>DATABRICKS_DISABLE_ASYNC_TOKEN_REFRESH</c>).
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool? DisableAsyncTokenRefresh { get; set; }
}
