using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>The host metadata and the authorization server metadata.</summary>
internal sealed class OAuthMetadata(DatabricksEmulatorOptions options, EmulatorAddresses addresses)
{
    /// <summary>The members are those databricks-sdk-go reads in config/host_metadata.go; Unconfirmed: a document of a real host.</summary>
    public JsonObject HostMetadata() => new()
    {
        ["oidc_endpoint"] = $"{addresses.WorkspaceText}/oidc",
        ["account_id"] = options.Authentication.AccountId,
        ["workspace_id"] = options.WorkspaceId,
        ["cloud"] = options.AzureTenantId is null ? "AWS" : "Azure",
        ["host_type"] = "workspace",
        ["token_federation_default_oidc_audiences"] = new JsonArray(DefaultAudience(addresses)),
    };

    /// <summary>RFC 8414; Unconfirmed: every member but the two addresses.</summary>
    /// <param name="accountId">The account of the requested document; null for the workspace's own.</param>
    public JsonObject ServerMetadata(string? accountId)
    {
        var issuer = $"{addresses.WorkspaceText}/oidc" + (accountId is null ? "" : $"/accounts/{accountId}");
        return new JsonObject
        {
            ["issuer"] = issuer,
            ["authorization_endpoint"] = $"{issuer}/v1/authorize",
            ["token_endpoint"] = $"{issuer}/v1/token",
            ["scopes_supported"] = new JsonArray([.. options.Authentication.Scopes.Select(scope => (JsonNode)scope)]),
            ["response_types_supported"] = new JsonArray("code"),
            ["grant_types_supported"] = new JsonArray(TokenGrants.ClientCredentials, TokenExchange.GrantType, TokenGrants.JwtBearer),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic", "client_secret_post", "none"),
        };
    }

    /// <summary>The default audience of federated tokens, as in the tests of databricks-sdk-go.</summary>
    public static string DefaultAudience(EmulatorAddresses addresses) => $"{addresses.WorkspaceText}/oidc/v1/token";
}
