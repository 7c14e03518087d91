namespace Connectors.Databricks.Authentication.Settings;

/// <summary>
/// Every setting of unified authentication that bears on model serving, with its variable and its group (authentication reference §2).
/// </summary>
internal static class SettingTable
{
    public static readonly Setting Host = new("host", "DATABRICKS_HOST");
    public static readonly Setting AccountId = new("account_id", "DATABRICKS_ACCOUNT_ID");
    public static readonly Setting WorkspaceId = new("workspace_id", "DATABRICKS_WORKSPACE_ID") { Header = "X-Databricks-Workspace-Id" };
    public static readonly Setting Profile = new("profile", "DATABRICKS_CONFIG_PROFILE");
    public static readonly Setting ConfigFile = new("config_file", "DATABRICKS_CONFIG_FILE");
    public static readonly Setting AuthType = new("auth_type", "DATABRICKS_AUTH_TYPE");
    public static readonly Setting Cloud = new("cloud", "DATABRICKS_CLOUD");

    public static readonly Setting Token = new("token", "DATABRICKS_TOKEN", "pat", IsSecret: true);

    public static readonly Setting Username = new("username", "DATABRICKS_USERNAME", "basic");
    public static readonly Setting Password = new("password", "DATABRICKS_PASSWORD", "basic", IsSecret: true);

    public static readonly Setting ClientId = new("client_id", "DATABRICKS_CLIENT_ID", "oauth");
    public static readonly Setting ClientSecret = new("client_secret", "DATABRICKS_CLIENT_SECRET", "oauth", IsSecret: true);
    public static readonly Setting Scopes = new("scopes");
    public static readonly Setting AuthorizationDetails = new("authorization_details");
    public static readonly Setting DiscoveryUrl = new("discovery_url", "DATABRICKS_DISCOVERY_URL");

    public static readonly Setting TokenAudience = new("token_audience", "DATABRICKS_TOKEN_AUDIENCE") { OtherKey = "audience" };
    public static readonly Setting OidcTokenEnv = new("oidc_token_env", "DATABRICKS_OIDC_TOKEN_ENV", "env-oidc");
    public static readonly Setting OidcTokenFilePath = new("oidc_token_filepath", "DATABRICKS_OIDC_TOKEN_FILEPATH", "file-oidc")
    {
        OtherVariable = "DATABRICKS_OIDC_TOKEN_FILE",
        OtherKey = "databricks_id_token_filepath",
    };

    public static readonly Setting GitHubTokenRequestUrl = new("actions_id_token_request_url", "ACTIONS_ID_TOKEN_REQUEST_URL");
    public static readonly Setting GitHubTokenRequestToken =
        new("actions_id_token_request_token", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", IsSecret: true);

    public static readonly Setting DatabricksCliPath = new("databricks_cli_path", "DATABRICKS_CLI_PATH");
    public static readonly Setting MetadataServiceUrl =
        new("metadata_service_url", "DATABRICKS_METADATA_SERVICE_URL", "metadata-service", IsSecret: true);

    public static readonly Setting AzureWorkspaceResourceId =
        new("azure_workspace_resource_id", "DATABRICKS_AZURE_RESOURCE_ID", "azure") { Header = "X-Databricks-Azure-Workspace-Resource-Id" };
    public static readonly Setting AzureClientId = new("azure_client_id", "ARM_CLIENT_ID", "azure");
    public static readonly Setting AzureClientSecret = new("azure_client_secret", "ARM_CLIENT_SECRET", "azure", IsSecret: true);
    public static readonly Setting AzureTenantId = new("azure_tenant_id", "ARM_TENANT_ID", "azure");
    public static readonly Setting AzureUseMsi = new("azure_use_msi", "ARM_USE_MSI", "azure") { IsFlag = true };
    public static readonly Setting AzureEnvironment = new("azure_environment", "ARM_ENVIRONMENT");

    // Without effect, but it counts as a configured authentication type, as it does in databricks-sdk-go.
    public static readonly Setting AzureLoginAppId = new("azure_login_app_id", "DATABRICKS_AZURE_LOGIN_APP_ID", "azure");

    // Known so that conflicts are detected and reported; Google's authentication types are not supported.
    public static readonly Setting GoogleServiceAccount =
        new("google_service_account", "DATABRICKS_GOOGLE_SERVICE_ACCOUNT", "google");
    public static readonly Setting GoogleCredentials = new("google_credentials", "GOOGLE_CREDENTIALS", "google", IsSecret: true);

    // No other client has it: it is the opt-in of decision 0010.
    public static readonly Setting AzureManagementToken = new("azure_management_token") { IsFlag = true };
    public static readonly Setting DisableAsyncTokenRefresh =
        new("disable_async_token_refresh", "DATABRICKS_DISABLE_ASYNC_TOKEN_REFRESH") { IsFlag = true };

    /// <summary>All settings, in display order.</summary>
    public static readonly IReadOnlyList<Setting> All =
    [
        Host, AccountId, WorkspaceId, Profile, ConfigFile, AuthType, Cloud,
        Token, Username, Password,
        ClientId, ClientSecret, Scopes, AuthorizationDetails, DiscoveryUrl,
        TokenAudience, OidcTokenEnv, OidcTokenFilePath, GitHubTokenRequestUrl, GitHubTokenRequestToken,
        DatabricksCliPath, MetadataServiceUrl,
        AzureWorkspaceResourceId, AzureClientId, AzureClientSecret, AzureTenantId, AzureUseMsi, AzureEnvironment, AzureLoginAppId,
        GoogleServiceAccount, GoogleCredentials,
        AzureManagementToken, DisableAsyncTokenRefresh,
    ];

    /// <summary>The settings of the options.</summary>
    public static KeyValuePair<Setting, string?>[] FromCode(DatabricksServingOptions options)
    {
        var code = options.Authentication;
        return
        [
            new(Host, options.Host?.OriginalString),
            new(AccountId, code.AccountId),
            new(WorkspaceId, code.WorkspaceId),
            new(Profile, code.Profile),
            new(ConfigFile, code.ConfigFile),
            new(AuthType, code.AuthType),
            new(Cloud, code.Cloud),
            new(Token, code.Token),
            new(Username, code.Username),
            new(Password, code.Password),
            new(ClientId, code.ClientId),
            new(ClientSecret, code.ClientSecret),
            new(Scopes, code.Scopes is null ? null : string.Join(',', code.Scopes)),
            new(AuthorizationDetails, AuthorizationDetailsJson.Of(code.AuthorizationDetails)),
            new(DiscoveryUrl, code.DiscoveryUrl),
            new(TokenAudience, code.TokenAudience),
            new(OidcTokenEnv, code.OidcTokenEnv),
            new(OidcTokenFilePath, code.OidcTokenFilePath),
            new(DatabricksCliPath, code.DatabricksCliPath),
            new(MetadataServiceUrl, code.MetadataServiceUrl),
            new(AzureWorkspaceResourceId, code.AzureWorkspaceResourceId),
            new(AzureClientId, code.AzureClientId),
            new(AzureClientSecret, code.AzureClientSecret),
            new(AzureTenantId, code.AzureTenantId),
            new(AzureUseMsi, Text(code.AzureUseMsi)),
            new(AzureEnvironment, code.AzureEnvironment),
            new(AzureManagementToken, Text(code.AzureManagementToken)),
            new(DisableAsyncTokenRefresh, Text(!code.RefreshTokensInBackground)),
        ];
    }

    private static string? Text(bool? value) => value switch { null => null, true => "true", false => "false" };
}
