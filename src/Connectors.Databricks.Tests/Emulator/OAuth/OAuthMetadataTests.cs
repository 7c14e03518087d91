using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.OAuth;

public class OAuthMetadataTests
{
    private const string HostMetadata = ".well-known/databricks-config";
    private const string ServerMetadata = "oidc/.well-known/oauth-authorization-server";

    [Fact]
    public async Task A_host_says_what_it_is_to_anyone()
    {
        await using Wire wire = await Wire.OpenAsync(
            options => (options.Authentication.AccountId, options.WorkspaceId) = ("my-account", "42"));
        wire.Http.DefaultRequestHeaders.Authorization = null;
        string host = HostOf(wire);

        string metadata = await wire.Http.GetStringAsync(new Uri(HostMetadata, UriKind.Relative));

        Wire.SameJson(
            $$"""
            {
              "oidc_endpoint": "{{host}}/oidc",
              "account_id": "my-account",
              "workspace_id": "42",
              "cloud": "AWS",
              "host_type": "workspace",
              "token_federation_default_oidc_audiences": [
                "{{host}}/oidc/v1/token"
              ]
            }
            """,
            metadata);
    }

    [Theory]
    [InlineData("oidc")]
    [InlineData("oidc/accounts/my-account")]
    public async Task A_host_names_its_token_endpoint(string path)
    {
        await using Wire wire = await Wire.OpenAsync(options =>
        {
            options.Authentication.AccountId = "my-account";
            options.Authentication.Scopes.Clear();
            options.Authentication.Scopes.Add("all-apis");
        });
        wire.Http.DefaultRequestHeaders.Authorization = null;
        string issuer = $"{HostOf(wire)}/{path}";

        string metadata = await wire.Http.GetStringAsync(new Uri($"{path}/.well-known/oauth-authorization-server", UriKind.Relative));
        string token = await wire.AskForTokenAsync(
            TokenWire.ClientCredentials, TokenWire.Basic(wire.Emulator.ClientId, wire.Emulator.ClientSecret), $"{path}/v1/token");

        Wire.SameJson(
            $$"""
            {
              "issuer": "{{issuer}}",
              "authorization_endpoint": "{{issuer}}/v1/authorize",
              "token_endpoint": "{{issuer}}/v1/token",
              "scopes_supported": ["all-apis"],
              "response_types_supported": ["code"],
              "grant_types_supported": [
                "client_credentials",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "urn:ietf:params:oauth:grant-type:jwt-bearer"
              ],
              "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"]
            }
            """,
            metadata);
        Assert.StartsWith("200 ", token, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HostMetadata)]
    [InlineData(ServerMetadata)]
    [InlineData("oidc/accounts/another-account/.well-known/oauth-authorization-server")]
    public async Task What_a_host_lacks_is_not_found(string path)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.OAuth.HostMetadata.AnswersNotFound();
        wire.Emulator.OAuth.ServerMetadata.AnswersNotFound();
        wire.Http.DefaultRequestHeaders.Authorization = null;

        using HttpResponseMessage response = await wire.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(
            (404, $$"""{"error_code":"ENDPOINT_NOT_FOUND","message":"No API found for 'GET /{{path}}'"}"""),
            ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_document_may_lack_a_member_and_hold_another_for_one_request()
    {
        await using Wire wire = await Wire.OpenAsync();
        string host = HostOf(wire);
        wire.Emulator.OAuth.HostMetadata
            .Omits("workspace_id").Omits("cloud").Omits("token_federation_default_oidc_audiences")
            .Sends("oidc_endpoint", "https://elsewhere.example.com/oidc/accounts/{account_id}").Sends("host_type", "UNIFIED");

        string first = await wire.Http.GetStringAsync(new Uri(HostMetadata, UriKind.Relative));
        string second = await wire.Http.GetStringAsync(new Uri(HostMetadata, UriKind.Relative));

        Wire.SameJson(
            """
            {
              "oidc_endpoint": "https://elsewhere.example.com/oidc/accounts/{account_id}",
              "account_id": "ac000000-0000-4000-8000-000000000001",
              "host_type": "UNIFIED"
            }
            """,
            first);
        Assert.Contains($"\"{host}/oidc\"", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discovery_fails_as_it_is_told_to()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.OAuth.HostMetadata.Fails(503, retryAfter: TimeSpan.FromSeconds(1));
        wire.Emulator.OAuth.ServerMetadata.ReturnsHtmlLogin();

        using HttpResponseMessage host = await wire.Http.GetAsync(new Uri(HostMetadata, UriKind.Relative));
        using HttpResponseMessage server = await wire.Http.GetAsync(new Uri(ServerMetadata, UriKind.Relative));

        Assert.Equal((503, "text/html"), ((int)host.StatusCode, server.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Each_address_knows_its_own_requests()
    {
        await using Wire wire = await Wire.OpenAsync();

        await wire.Http.GetStringAsync(new Uri(HostMetadata, UriKind.Relative));
        await wire.Http.GetStringAsync(new Uri(ServerMetadata, UriKind.Relative));
        await wire.AskForTokenAsync();

        EmulatedOAuth oauth = wire.Emulator.OAuth;
        Assert.Equal(
            [$"GET /{HostMetadata} 200", $"GET /{ServerMetadata} 200", "POST /oidc/v1/token 200"],
            [$"{Assert.Single(oauth.HostMetadata.Requests)}", $"{Assert.Single(oauth.ServerMetadata.Requests)}",
                $"{Assert.Single(oauth.TokenEndpoint.Requests)}"]);
    }

    private static string HostOf(Wire wire) => wire.Emulator.Host.ToString().TrimEnd('/');
}
