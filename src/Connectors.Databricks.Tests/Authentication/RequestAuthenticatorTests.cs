using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Authentication;

/// <summary>What the options of a client say about host and credential, and what of the machine is then read.</summary>
public class RequestAuthenticatorTests
{
    private const string File =
        "[DEFAULT]\nhost=https://default\ntoken=dapi-default\n[p]\nhost=https://of-profile\ntoken=dapi-p\nworkspace_id=77\n";

    [Fact]
    public async Task Host_and_credential_of_code_leave_the_machine_unread()
    {
        // Each of these would fail, or show, if it was read.
        var machine = new FakePlatform().ConfigFile("no INI").With("DATABRICKS_CONFIG_PROFILE", "__settings__").With("ARM_USE_MSI", "maybe")
            .With("DATABRICKS_TOKEN", "t").With("ARM_CLIENT_ID", "c").With("DATABRICKS_WORKSPACE_ID", "99")
                .With("DATABRICKS_AUTH_TYPE", "x");

        var report = await Client(machine, options =>
        {
            options.Host = Some.Host;
            options.Credential = DatabricksCredential.FromToken(Some.Token);
        }).DescribeAuthenticationAsync();

        Assert.Equal([new("host", "https://some-workspace.cloud.databricks.com", "code")], report.Settings);
        Assert.Equal((Some.Host, "pat", null, null), (report.Host, report.AuthType, report.Profile, report.Error));
    }

    [Fact]
    public async Task The_workspace_id_of_code_goes_with_them()
    {
        var sent = await Sent(new FakePlatform().With("DATABRICKS_WORKSPACE_ID", "99"), options =>
        {
            options.Host = new Uri("https://x/?o=12");
            options.Credential = DatabricksCredential.FromToken(Some.Token);
        });

        Assert.Equal(
            ("x", "12", $"Bearer {Some.Token}"), (sent.Uri.Host, sent.Headers["X-Databricks-Workspace-Id"], sent.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_credential_alone_takes_host_and_workspace_from_the_environment()
    {
        var machine = new FakePlatform().With("DATABRICKS_HOST", "https://x").With("DATABRICKS_WORKSPACE_ID", "99")
            .With("DATABRICKS_TOKEN", "other")
            .With("ARM_CLIENT_ID", "other");

        var sent = await Sent(machine, options => options.Credential = DatabricksCredential.FromToken(Some.Token));

        Assert.Equal(
            ("x", "99", $"Bearer {Some.Token}"), (sent.Uri.Host, sent.Headers["X-Databricks-Workspace-Id"], sent.Headers["Authorization"]));
    }

    [Fact]
    public void A_credential_alone_takes_no_host_from_the_default_profile() =>
        Assert.Equal(
            DatabricksCredentialFailure.NoHost,
            Assert.Throws<DatabricksCredentialException>(() => Client(
                new FakePlatform().ConfigFile(File), options => options.Credential = DatabricksCredential.FromToken("t"))).Failure);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_credential_takes_the_host_of_a_named_profile_and_not_its_token(bool isNamedInCode)
    {
        var machine = new FakePlatform().ConfigFile(File).With("DATABRICKS_CONFIG_PROFILE", isNamedInCode ? "" : "p");

        var sent = await Sent(machine, options =>
        {
            options.Credential = DatabricksCredential.FromToken("mine");
            options.Authentication.Profile = isNamedInCode ? "p" : null;
        });

        Assert.Equal(
            ("of-profile", "77", "Bearer mine"), (sent.Uri.Host, sent.Headers["X-Databricks-Workspace-Id"], sent.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_profile_that_code_names_completes_host_and_credential_of_code()
    {
        var sent = await Sent(new FakePlatform().ConfigFile(File), options =>
        {
            options.Host = new Uri("https://x");
            options.Credential = DatabricksCredential.FromToken("mine");
            options.Authentication.Profile = "p";
        });

        Assert.Equal(("x", "77", "Bearer mine"), (sent.Uri.Host, sent.Headers["X-Databricks-Workspace-Id"], sent.Headers["Authorization"]));
    }

    public static TheoryData<string, Action<DatabricksAuthenticationOptions>> ThatSayWho => new()
    {
        { "auth_type", options => options.AuthType = "pat" },
        { "token", options => options.Token = "x" },
        { "username", options => options.Username = "x" },
        { "password", options => options.Password = "x" },
        { "client_id", options => options.ClientId = "x" },
        { "client_secret", options => options.ClientSecret = "x" },
        { "oidc_token_env", options => options.OidcTokenEnv = "x" },
        { "oidc_token_filepath", options => options.OidcTokenFilePath = "x" },
        { "metadata_service_url", options => options.MetadataServiceUrl = "x" },
        { "azure_workspace_resource_id", options => options.AzureWorkspaceResourceId = "x" },
        { "azure_client_id", options => options.AzureClientId = "x" },
        { "azure_client_secret", options => options.AzureClientSecret = "x" },
        { "azure_tenant_id", options => options.AzureTenantId = "x" },
        { "azure_use_msi", options => options.AzureUseMsi = true },
    };

    [Theory]
    [MemberData(nameof(ThatSayWho), DisableDiscoveryEnumeration = true)]
    public void A_credential_with_an_identity_setting_in_code_is_rejected(string name, Action<DatabricksAuthenticationOptions> set)
    {
        var exception = Assert.Throws<ArgumentException>(() => Client(new FakePlatform(), options =>
        {
            options.Host = Some.Host;
            options.Credential = DatabricksCredential.FromToken("t");
            set(options.Authentication);
        }));

        Assert.Equal(
            $"Credential is set, and so is {name} of Authentication. Set one of them: only the credential would be used.",
            exception.Message);
    }

    [Fact]
    public void Settings_that_say_nothing_of_who_go_with_a_credential() =>
        Assert.Equal(Some.Host, Client(new FakePlatform(), options =>
        {
            options.Host = Some.Host;
            options.Credential = DatabricksCredential.FromToken("t");
            options.Authentication.Token = "";
            options.Authentication.AzureUseMsi = false;
            options.Authentication.AccountId = "a";
            options.Authentication.Cloud = "AWS";
            options.Authentication.RefreshTokensInBackground = false;
        }).Host);

    [Theory]
    [InlineData(null)]
    [InlineData("https://x")]
    [InlineData("https://X:443/a?b")]
    public void A_credential_that_knows_its_host_needs_no_other_and_reads_nothing_else(string? host)
    {
        var machine = new FakePlatform().With("DATABRICKS_HOST", "https://other").With("DATABRICKS_WORKSPACE_ID", "99")
            .With("ARM_USE_MSI", "maybe")
            .With("IS_IN_DB_MODEL_SERVING_ENV", "true").With("DB_MODEL_SERVING_HOST_URL", "https://serving");
        machine.Files["/var/credentials-secret/model-dependencies-oauth-token"] = "{}";
        var client = Client(machine, options =>
        {
            options.Host = host is null ? null : new Uri(host);
            options.Credential = Principal("https://x");
        });

        Assert.Equal(new Uri("https://x"), client.Host);
    }

    [Fact]
    public void A_workspace_id_of_code_is_sent_with_a_credential_that_knows_its_host()
    {
        // The principal's token would be asked for over the network, so the request is authorized with a constant token.
        var options = new DatabricksServingOptions { Credential = Principal("https://x"), Authentication = { WorkspaceId = "12" } };
        var authenticator = Connectors.Databricks.Authentication.RequestAuthenticator.For(options, new FakePlatform());
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://x/serving-endpoints/e/invocations");

        authenticator.Authorize(request, new DatabricksAccessToken("t"));

        Assert.Equal(["12"], request.Headers.GetValues("X-Databricks-Workspace-Id"));
    }

    [Fact]
    public void A_credential_goes_to_no_other_host_than_its_own() =>
        Assert.Equal(
            "The credential is for x, and Host is y. Tokens go to no other host than their own.",
            Assert.Throws<ArgumentException>(() => Client(new FakePlatform(), options =>
            {
                options.Host = new Uri("https://y");
                options.Credential = Principal("https://x");
            })).Message);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_host_of_code_that_is_no_good_is_the_callers_mistake(bool hasCredential) =>
        Assert.Equal(
            "Host 'http://x' does not use https. Plain http is accepted for loopback addresses alone.",
            Assert.Throws<ArgumentException>(() => Client(new FakePlatform().With("DATABRICKS_TOKEN", "t"), options =>
            {
                options.Host = new Uri("http://u:secret@x");
                options.Credential = hasCredential ? DatabricksCredential.FromToken("t") : null;
            })).Message);

    [Fact]
    public void A_host_of_the_environment_that_is_no_good_is_not()
    {
        var failure = Assert.Throws<DatabricksCredentialException>(() => Client(
            new FakePlatform().With("DATABRICKS_HOST", "http://x"), options => options.Credential = DatabricksCredential.FromToken("t")));

        Assert.Equal(DatabricksCredentialFailure.NoHost, failure.Failure);
        Assert.StartsWith(
            "host (from environment variable DATABRICKS_HOST) 'http://x' does not use https.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_in_code_means_environment_and_default_profile()
    {
        var sent = await Sent(new FakePlatform().ConfigFile(File), _ => { });

        Assert.Equal(("default", "Bearer dapi-default"), (sent.Uri.Host, sent.Headers["Authorization"]));
    }

    [Fact]
    public void From_the_environment_a_profile_can_be_named() =>
        Assert.Equal(
            DatabricksCredentialFailure.ReservedProfile,
            Assert.Throws<DatabricksCredentialException>(() => DatabricksServingClient.FromEnvironment("__settings__")).Failure);

    private static DatabricksServicePrincipalCredential Principal(string host) => new(new Uri(host), "some-client", "some-secret");

    private static DatabricksServingClient Client(FakePlatform machine, Action<DatabricksServingOptions> configure)
    {
        var options = new DatabricksServingOptions();
        configure(options);
        return new DatabricksServingClient(options, machine);
    }

    private static async Task<VerbatimService.SentRequest> Sent(FakePlatform machine, Action<DatabricksServingOptions> configure)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var client = Client(machine, options =>
        {
            options.HttpClient = new HttpClient(service);
            configure(options);
        });
        await client.GetChatClient("some-endpoint").GetResponseAsync(Some.Question());
        return Assert.Single(service.Sent);
    }
}
