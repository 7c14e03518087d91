using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Settings;

/// <summary>Settings of two authentication types are rejected unless <c>auth_type</c> selects one (authentication reference §5).</summary>
public class ConflictTests
{
    private static readonly (string Group, string Variable)[] Groups =
    [
        ("azure", "ARM_CLIENT_ID"),
        ("basic", "DATABRICKS_USERNAME"),
        ("env-oidc", "DATABRICKS_OIDC_TOKEN_ENV"),
        ("file-oidc", "DATABRICKS_OIDC_TOKEN_FILEPATH"),
        ("google", "GOOGLE_CREDENTIALS"),
        ("metadata-service", "DATABRICKS_METADATA_SERVICE_URL"),
        ("oauth", "DATABRICKS_CLIENT_ID"),
        ("pat", "DATABRICKS_TOKEN"),
    ];

    public static TheoryData<string, string, string, string> Pairs()
    {
        var data = new TheoryData<string, string, string, string>();
        for (var i = 0; i < Groups.Length; i++)
        {
            for (var j = i + 1; j < Groups.Length; j++)
            {
                data.Add(Groups[i].Group, Groups[i].Variable, Groups[j].Group, Groups[j].Variable);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Any_two_groups_are_in_conflict_until_an_authentication_type_is_set(
        string group, string variable, string otherGroup, string otherVariable)
    {
        // Declared the other way round: the order of the names is the alphabet's.
        var machine = new FakePlatform().With(otherVariable, "some-value").With(variable, "some-value");

        var failure = Resolve.Failure(machine);

        Assert.Equal(DatabricksCredentialFailure.Conflict, failure.Failure);
        Assert.Equal([group, otherGroup], failure.ConflictingMethods);
        Assert.StartsWith(
            $"Settings of more than one authentication type are configured: {group} and {otherGroup}. ", failure.Message,
            StringComparison.Ordinal);
        Assert.Equal([group, otherGroup], Resolve.On(machine.With("DATABRICKS_AUTH_TYPE", "pat")).Groups);
    }

    [Fact]
    public void The_message_names_each_setting_and_what_to_set_and_masks_the_secrets()
    {
        var machine = new FakePlatform().With("DATABRICKS_HOST", "https://x").With("DATABRICKS_TOKEN", "dapi-secret")
            .With("ARM_CLIENT_ID", "some-app")
            .With("ARM_CLIENT_SECRET", "some-secret");

        var failure = Resolve.Failure(machine);

        Assert.Equal(
            "Settings of more than one authentication type are configured: azure and pat. " +
            "azure: azure_client_id from environment variable ARM_CLIENT_ID, azure_client_secret from environment variable " +
            "ARM_CLIENT_SECRET. pat: token from environment variable DATABRICKS_TOKEN. Unset all but one of them, or set " +
            "DATABRICKS_AUTH_TYPE to the one you mean: pat, github-oidc-azure, azure-msi, azure-client-secret, azure-cli. Configured: " +
            "host=https://x (from environment variable DATABRICKS_HOST), token=*** (from environment variable DATABRICKS_TOKEN), " +
            "azure_client_id=some-app (from environment variable ARM_CLIENT_ID), azure_client_secret=*** (from environment variable " +
            "ARM_CLIENT_SECRET).",
            failure.Message);
        Assert.Equal(
            [
                new("host", "https://x", "environment variable DATABRICKS_HOST"),
                new("token", "***", "environment variable DATABRICKS_TOKEN"),
                new("azure_client_id", "some-app", "environment variable ARM_CLIENT_ID"),
                new("azure_client_secret", "***", "environment variable ARM_CLIENT_SECRET"),
            ],
            failure.Settings);
        Assert.Empty(failure.Attempts);
    }

    [Theory]
    [InlineData("DATABRICKS_OIDC_TOKEN_FILEPATH", "file-oidc")]
    [InlineData("DATABRICKS_OIDC_TOKEN_FILE", "file-oidc")]
    [InlineData("DATABRICKS_OIDC_TOKEN_ENV", "env-oidc")]
    public void Workload_identity_with_a_client_id_needs_an_authentication_type(string variable, string group) =>
        Assert.Equal(
            [group, "oauth"],
            Resolve.Failure(new FakePlatform().With("DATABRICKS_CLIENT_ID", "c").With(variable, "/token")).ConflictingMethods);

    [Theory]
    [InlineData("DATABRICKS_OIDC_TOKEN")]
    [InlineData("ACTIONS_ID_TOKEN_REQUEST_URL")]
    [InlineData("ACTIONS_ID_TOKEN_REQUEST_TOKEN")]
    [InlineData("DATABRICKS_CLIENT_SECRET")]
    [InlineData("SYSTEM_ACCESSTOKEN")]
    [InlineData("ARM_ENVIRONMENT")]
    public void These_go_with_a_client_id(string variable) =>
        Assert.Equal(["oauth"], Resolve.On(new FakePlatform().With("DATABRICKS_CLIENT_ID", "c").With(variable, "x")).Groups);

    [Fact]
    public void Code_does_not_go_before_the_environment_in_this()
    {
        var failure = Resolve.Failure(new FakePlatform().With("ARM_TENANT_ID", "t"), options => options.Authentication.Token = "dapi-mine");

        Assert.Equal(["azure", "pat"], failure.ConflictingMethods);
        Assert.Contains("pat: token from code.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_conflicts_with_the_environment() =>
        Assert.Equal(
            ["azure", "oauth", "pat"],
            Resolve.Failure(
                new FakePlatform().ConfigFile("[p]\ntoken=t\nazure_tenant_id=a").With("DATABRICKS_CONFIG_PROFILE", "p")
                    .With("DATABRICKS_CLIENT_ID", "c"))
                .ConflictingMethods);

    [Theory]
    [InlineData("code")]
    [InlineData("variable")]
    [InlineData("profile")]
    public void An_authentication_type_from_anywhere_ends_it(string from)
    {
        var machine = new FakePlatform().With("DATABRICKS_CONFIG_PROFILE", "p").With("DATABRICKS_CLIENT_ID", "c")
            .With("DATABRICKS_TOKEN", "t")
            .With("DATABRICKS_AUTH_TYPE", from == "variable" ? "pat" : "")
            .ConfigFile($"[p]\nhost=x\nauth_type={(from == "profile" ? "pat" : "")}");

        Assert.Equal(
            ["oauth", "pat"], Resolve.On(machine, options => options.Authentication.AuthType = from == "code" ? "pat" : null).Groups);
    }

    [Fact]
    public void Nothing_is_in_conflict_with_a_credential_of_code() =>
        Assert.Equal(
            ["azure", "pat"],
            Resolve.On(new FakePlatform().With("ARM_CLIENT_ID", "c").With("DATABRICKS_TOKEN", "t"), hasCredential: true).Groups);

    [Fact]
    public void A_conflict_is_reported_before_a_bad_host() =>
        Assert.Equal(
            DatabricksCredentialFailure.Conflict,
            Resolve.Failure(
                new FakePlatform().With("DATABRICKS_HOST", "http://x").With("ARM_CLIENT_ID", "c").With("DATABRICKS_TOKEN", "t")).Failure);
}
