using System.Net;
using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connectors.Databricks.Tests.Authentication;

/// <summary>
/// Prepares a platform so that an authentication type works on it, and joins the settings without the check for conflicts, so that several
/// can be ready at once.
/// </summary>
internal sealed class ReadyLogIns
{
    public const string Host = "https://adb-1.2.azuredatabricks.net";
    public const string TokenEndpoint = $"{Host}/oidc/v1/token";

    private const string GitHub = "https://github.example/token?job=1";
    private const string Metadata = "http://localhost:1234/token";
    private const string Entra = "https://login.microsoftonline.com/some-tenant/oauth2/token";
    private const string InstanceMetadata = "http://169.254.169.254/metadata/identity/oauth2/token";

    private readonly Dictionary<Setting, SettingValue> _settings = [];

    public ReadyLogIns()
    {
        Set(SettingTable.Host, Host);
        Machine.Answers($"{Host}/.well-known/databricks-config", "", HttpStatusCode.NotFound);
        Machine.Answers($"{Host}/oidc/.well-known/oauth-authorization-server", $$"""{"token_endpoint":"{{TokenEndpoint}}"}""");
        Machine.With("PATH", "/bin");
    }

    public FakePlatform Machine { get; } = new();

    public UnifiedCredential Credential() =>
        new(new ResolvedSettings(_settings, new Uri(Host), null, []), Machine, NullLogger.Instance);

    public ReadyLogIns Set(Setting setting, string text)
    {
        _settings[setting] = new SettingValue(text, SettingSource.Code);
        return this;
    }

    public ReadyLogIns With(string authType)
    {
        switch (authType)
        {
            case "pat":
                return Set(SettingTable.Token, "dapi-token");
            case "basic":
                return Set(SettingTable.Username, "u").Set(SettingTable.Password, "p");
            case "oauth-m2m":
                return Set(SettingTable.ClientId, "c").Set(SettingTable.ClientSecret, "s").Exchanges();
            case "databricks-cli":
                return Program("databricks", """{"access_token":"cli","token_type":"Bearer","expiry":"2030-01-01T00:00:00Z"}""");
            case "metadata-service":
                Machine.Answers(Metadata, """{"access_token":"local","token_type":"Bearer","expires_on":1900000000}""");
                return Set(SettingTable.MetadataServiceUrl, Metadata);
            case "github-oidc":
                Machine.Answers("https://github.example/token", """{"value":"jwt"}""");
                return OnGitHub().Exchanges();
            case "azure-devops-oidc":
                Machine.With("SYSTEM_ACCESSTOKEN", "a").With("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", "https://dev.example/o/")
                    .With("SYSTEM_TEAMPROJECTID", "p")
                    .With("SYSTEM_PLANID", "l").With("SYSTEM_JOBID", "j").With("SYSTEM_HOSTTYPE", "build")
                    .Answers(
                        "https://dev.example/o/p/_apis/distributedtask/hubs/build/plans/l/jobs/j/oidctoken", """{"oidcToken":"jwt"}""");
                return Exchanges();
            case "env-oidc":
                Machine.With("DATABRICKS_OIDC_TOKEN", "jwt");
                return Exchanges();
            case "file-oidc":
                Machine.Files["/jwt"] = "jwt";
                return Set(SettingTable.OidcTokenFilePath, "/jwt").Exchanges();
            case "github-oidc-azure":
                // GitHub's own way is asked first; here GitHub gives identity tokens for Entra alone.
                Machine.Answers($"{GitHub}&audience=api%3A%2F%2FAzureADTokenExchange", """{"value":"jwt"}""");
                Machine.Answers("https://github.example/token", "", HttpStatusCode.BadRequest);
                return OnGitHub().InEntra();
            case "azure-msi":
                Machine.Answers(InstanceMetadata, """{"access_token":"msi","token_type":"Bearer","expires_on":"1900000000"}""");
                return Set(SettingTable.AzureUseMsi, "true");
            case "azure-client-secret":
                return Set(SettingTable.AzureClientSecret, "s").InEntra();
            case "azure-cli":
                return Set(SettingTable.AzureTenantId, "some-tenant").Program(
                    "az", """{"accessToken":"az","tokenType":"Bearer","expires_on":1900000000}""");
            case "model-serving":
                Machine.With(
                    "IS_IN_DB_MODEL_SERVING_ENV",
                    "true").Files[ModelServingHost.TokenPath] = """{"OAUTH_TOKEN":[{"oauthTokenValue":"served"}]}""";
                return this;
            default:
                throw new ArgumentException($"No such authentication type: {authType}.");
        }
    }

    private ReadyLogIns OnGitHub() =>
        Set(SettingTable.GitHubTokenRequestUrl, GitHub).Set(SettingTable.GitHubTokenRequestToken, "some-github-token");

    private ReadyLogIns Exchanges()
    {
        Machine.Answers(TokenEndpoint, """{"access_token":"oauth","token_type":"Bearer","expires_in":3600}""");
        return this;
    }

    private ReadyLogIns InEntra()
    {
        Machine.Answers(Entra, """{"access_token":"entra","token_type":"Bearer","expires_in":"3600"}""");
        return Set(SettingTable.AzureClientId, "app").Set(SettingTable.AzureTenantId, "some-tenant");
    }

    private ReadyLogIns Program(string name, string token)
    {
        Machine.Program($"/bin/{name}", call => call.Arguments.Contains("token") || call.Arguments.Contains("get-access-token")
            ? new ProgramResult(0, token, "")
            : new ProgramResult(1, "", "not known"));
        return this;
    }
}
