using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication;

/// <summary>What shows when a client is made, without asking anybody (authentication reference §5, §9).</summary>
public class AuthTypeTests
{
    private const string Known =
        "pat, basic, oauth-m2m, databricks-cli, metadata-service, github-oidc, azure-devops-oidc, env-oidc, file-oidc, " +
        "github-oidc-azure, azure-msi, azure-client-secret, azure-cli, model-serving";

    [Theory]
    [InlineData("x", $"is unknown. The known ones: {Known}.")]
    [InlineData("PAT", $"is unknown. The known ones: {Known}.")]
    [InlineData("azure", $"is unknown. The known ones: {Known}.")]
    [InlineData("external-browser", "would open a browser; log in with 'databricks auth login' and use databricks-cli.")]
    [InlineData("google-credentials", "is not offered by this connector; use oauth-m2m with a Databricks service principal.")]
    [InlineData("google-id", "is not offered by this connector; use oauth-m2m with a Databricks service principal.")]
    [InlineData("runtime", "takes the token from a notebook's own process, which .NET cannot reach; use pat or oauth-m2m.")]
    [InlineData("runtime-oauth", "takes the token from a notebook's own process, which .NET cannot reach; use pat or oauth-m2m.")]
    public void A_type_that_is_not_ours_is_refused_with_what_to_use(string authType, string message)
    {
        var failure = Refused(
            new FakePlatform().With("DATABRICKS_HOST", "x").With("DATABRICKS_TOKEN", "t").With("DATABRICKS_AUTH_TYPE", authType));

        Assert.Equal(
            $"Authentication type '{authType}' (from environment variable DATABRICKS_AUTH_TYPE) {message} " +
            "Configured: host=https://x (from environment variable DATABRICKS_HOST), " +
            $"auth_type={authType} (from environment variable DATABRICKS_AUTH_TYPE), token=*** (from environment variable " +
            "DATABRICKS_TOKEN).",
            failure.Message);
        Assert.Equal(DatabricksCredentialFailure.UnknownAuthType, failure.Failure);
    }

    [Fact]
    public void Without_a_host_the_message_names_where_to_configure_one()
    {
        var failure = Refused(new FakePlatform());

        Assert.Equal(
            "No workspace is configured: set DATABRICKS_HOST, the Host option, or a profile of ~/.databrickscfg that has a host " +
            "('databricks auth login' makes one). Nothing is configured in code, environment or profile.",
            failure.Message);
        Assert.Equal(DatabricksCredentialFailure.NoHost, failure.Failure);
    }

    [Fact]
    public void A_token_without_a_host_is_told_that_the_default_profile_is_not_joined()
    {
        var failure = Refused(new FakePlatform().With("DATABRICKS_TOKEN", "t").ConfigFile("[DEFAULT]\nhost=https://x\n"));

        Assert.Equal(
            "No workspace is configured: set DATABRICKS_HOST, the Host option, or a profile of ~/.databrickscfg that has a host " +
            "('databricks auth login' makes one). The default profile is not read if another setting selects a credential; " +
            "DATABRICKS_CONFIG_PROFILE names one to join with it. Configured: token=*** (from environment variable DATABRICKS_TOKEN).",
            failure.Message);
    }

    [Theory]
    [InlineData("", "~/.databrickscfg", "")]
    [InlineData("/team.cfg", "/team.cfg", ", config_file=/team.cfg (from environment variable DATABRICKS_CONFIG_FILE)")]
    public void A_named_profile_without_a_file_is_told_so_when_no_host_is_known(string configured, string file, string more)
    {
        var failure = Refused(new FakePlatform().With("DATABRICKS_CONFIG_PROFILE", "prod").With("DATABRICKS_CONFIG_FILE", configured));

        Assert.Equal(
            "No workspace is configured: set DATABRICKS_HOST, the Host option, or a profile of ~/.databrickscfg that has a host " +
            $"('databricks auth login' makes one). Profile 'prod' was not read: there is no file {file}. " +
            $"Configured: profile=prod (from environment variable DATABRICKS_CONFIG_PROFILE){more}.",
            failure.Message);
    }

    [Fact]
    public void The_resource_id_of_Azure_replaces_the_host()
    {
        var client = Client(new FakePlatform().With("DATABRICKS_AZURE_RESOURCE_ID", "/subscriptions/s"));

        Assert.Equal(
            "The host of the workspace is not known yet, because only azure_workspace_resource_id is configured. Set DATABRICKS_HOST.",
            Assert.Throws<InvalidOperationException>(() => client.Host).Message);
    }

    private static DatabricksServingClient Client(FakePlatform machine) => new(new DatabricksServingOptions(), machine);

    private static DatabricksCredentialException Refused(FakePlatform machine) =>
        Assert.Throws<DatabricksCredentialException>(() => Client(machine));
}
