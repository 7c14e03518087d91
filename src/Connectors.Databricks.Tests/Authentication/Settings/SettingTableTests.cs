using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Settings;

/// <summary>Every row of authentication reference §2: where a setting is read, what it configures, whether it is shown.</summary>
public class SettingTableTests
{
    /// <summary>Name, variable, group, secret.</summary>
    public static TheoryData<string, string?, string?, bool> Rows => new()
    {
        { "host", "DATABRICKS_HOST", null, false },
        { "account_id", "DATABRICKS_ACCOUNT_ID", null, false },
        { "workspace_id", "DATABRICKS_WORKSPACE_ID", null, false },
        { "profile", "DATABRICKS_CONFIG_PROFILE", null, false },
        { "config_file", "DATABRICKS_CONFIG_FILE", null, false },
        { "auth_type", "DATABRICKS_AUTH_TYPE", null, false },
        { "cloud", "DATABRICKS_CLOUD", null, false },
        { "token", "DATABRICKS_TOKEN", "pat", true },
        { "username", "DATABRICKS_USERNAME", "basic", false },
        { "password", "DATABRICKS_PASSWORD", "basic", true },
        { "client_id", "DATABRICKS_CLIENT_ID", "oauth", false },
        { "client_secret", "DATABRICKS_CLIENT_SECRET", "oauth", true },
        { "scopes", null, null, false },
        { "authorization_details", null, null, false },
        { "discovery_url", "DATABRICKS_DISCOVERY_URL", null, false },
        { "token_audience", "DATABRICKS_TOKEN_AUDIENCE", null, false },
        { "oidc_token_env", "DATABRICKS_OIDC_TOKEN_ENV", "env-oidc", false },
        { "oidc_token_filepath", "DATABRICKS_OIDC_TOKEN_FILEPATH", "file-oidc", false },
        { "actions_id_token_request_url", "ACTIONS_ID_TOKEN_REQUEST_URL", null, false },
        { "actions_id_token_request_token", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", null, true },
        { "databricks_cli_path", "DATABRICKS_CLI_PATH", null, false },
        { "metadata_service_url", "DATABRICKS_METADATA_SERVICE_URL", "metadata-service", true },
        { "azure_workspace_resource_id", "DATABRICKS_AZURE_RESOURCE_ID", "azure", false },
        { "azure_client_id", "ARM_CLIENT_ID", "azure", false },
        { "azure_client_secret", "ARM_CLIENT_SECRET", "azure", true },
        { "azure_tenant_id", "ARM_TENANT_ID", "azure", false },
        { "azure_use_msi", "ARM_USE_MSI", "azure", false },
        { "azure_environment", "ARM_ENVIRONMENT", null, false },
        { "azure_login_app_id", "DATABRICKS_AZURE_LOGIN_APP_ID", "azure", false },
        { "google_service_account", "DATABRICKS_GOOGLE_SERVICE_ACCOUNT", "google", false },
        { "google_credentials", "GOOGLE_CREDENTIALS", "google", true },
        { "azure_management_token", null, null, false },
        { "disable_async_token_refresh", "DATABRICKS_DISABLE_ASYNC_TOKEN_REFRESH", null, false },
    };

    public static TheoryData<string, string?> NamesAndVariables()
    {
        var data = new TheoryData<string, string?>();
        foreach (var row in Rows)
        {
            data.Add((string)row[0]!, (string?)row[1]);
        }

        return data;
    }

    [Fact]
    public void The_table_has_these_rows_in_this_order_and_no_other() =>
        Assert.Equal(Rows.Select(row => (string)row[0]!), SettingTable.All.Select(setting => setting.Name));

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_variable_sets_its_setting_and_its_group_and_a_secret_is_masked(
        string name, string? variable, string? group, bool isSecret)
    {
        var setting = Named(name);
        Assert.Equal(variable, setting.Variable);
        if (variable is null)
        {
            return;
        }

        var settings = Resolve.On(new FakePlatform().With(variable, Value(name, 1)));

        Assert.Equal(Value(name, 1), settings[setting]);
        Assert.Equal(
            [new DatabricksAuthenticationSetting(name, isSecret ? "***" : Value(name, 1), $"environment variable {variable}")],
            settings.Shown);
        Assert.Equal(group is null ? [] : [group], settings.Groups);
        Assert.Equal(isSecret ? "***" : Value(name, 1), settings.Redaction.Redact(Value(name, 1)));
    }

    [Theory]
    [MemberData(nameof(NamesAndVariables))]
    public void Code_takes_precedence_over_the_variable_and_the_variable_over_the_profile(string name, string? variable)
    {
        if (name is "profile" or "config_file")
        {
            // They choose the profile, so they cannot come from it.
            return;
        }

        var setting = Named(name);
        var machine = new FakePlatform().ConfigFile($"[p]\n{name} = {Value(name, 3)}\n");
        KeyValuePair<Setting, string?>[] code = [new(SettingTable.Profile, "p")];
        var inProfile = SettingsResolver.Resolve(code, hasCredential: false, machine);
        var inVariable = variable is null
            ? inProfile
            : SettingsResolver.Resolve(code, hasCredential: false, machine.With(variable, Value(name, 2)));
        var inCode = SettingsResolver.Resolve([.. code, new(setting, Value(name, 1))], hasCredential: false, machine);

        Assert.Equal((Value(name, 3), "profile 'p' of ~/.databrickscfg"), (inProfile[setting], inProfile.Source(setting)!.Description));
        Assert.Equal((Value(name, 1), "code"), (inCode[setting], inCode.Source(setting)!.Description));
        if (variable is not null)
        {
            Assert.Equal(
                (Value(name, 2), $"environment variable {variable}"), (inVariable[setting], inVariable.Source(setting)!.Description));
        }
    }

    [Theory]
    [MemberData(nameof(NamesAndVariables))]
    public void An_empty_text_counts_as_unset_in_every_source(string name, string? variable)
    {
        if (name is "profile" or "config_file")
        {
            return;
        }

        var setting = Named(name);
        var machine = new FakePlatform().ConfigFile($"[p]\n{name} =\ncloud=AWS\n").With("DATABRICKS_CONFIG_PROFILE", "p")
            .With(variable ?? "NONE", "");

        Assert.Equal(
            name == "cloud" ? "AWS" : null, SettingsResolver.Resolve([new(setting, "")], hasCredential: false, machine)[setting]);
    }

    [Fact]
    public void An_empty_text_in_code_leaves_the_setting_to_the_variable_and_an_empty_variable_to_the_profile()
    {
        var machine = new FakePlatform().With("DATABRICKS_CONFIG_PROFILE", "p").With("DATABRICKS_HOST", "from-variable")
            .With("DATABRICKS_TOKEN", "")
            .ConfigFile("[p]\ntoken=t\n");

        Assert.Equal(
            [
                "host=https://from-variable (from environment variable DATABRICKS_HOST)",
                "profile=p (from environment variable DATABRICKS_CONFIG_PROFILE)",
                "token=*** (from profile 'p' of ~/.databrickscfg)",
            ],
            Resolve.Lines(machine, options => options.Host = new Uri("", UriKind.Relative)));
    }

    [Fact]
    public void The_second_variable_of_the_token_file_is_asked_after_the_first()
    {
        var machine = new FakePlatform().With("DATABRICKS_OIDC_TOKEN_FILE", "/second");
        Assert.Equal(["oidc_token_filepath=/second (from environment variable DATABRICKS_OIDC_TOKEN_FILE)"], Resolve.Lines(machine));

        machine.With("DATABRICKS_OIDC_TOKEN_FILEPATH", "");
        Assert.Equal(["oidc_token_filepath=/second (from environment variable DATABRICKS_OIDC_TOKEN_FILE)"], Resolve.Lines(machine));

        machine.With("DATABRICKS_OIDC_TOKEN_FILEPATH", "/first");
        Assert.Equal(["oidc_token_filepath=/first (from environment variable DATABRICKS_OIDC_TOKEN_FILEPATH)"], Resolve.Lines(machine));
    }

    [Theory]
    [InlineData("token_audience", "audience")]
    [InlineData("oidc_token_filepath", "databricks_id_token_filepath")]
    public void The_keys_that_the_Go_SDK_writes_are_read_after_the_usual_ones(string name, string other)
    {
        Assert.Equal(
            [$"{name}=b (from profile 'DEFAULT' of ~/.databrickscfg)"],
            Resolve.Lines(new FakePlatform().ConfigFile($"[DEFAULT]\n{other}=b")));
        Assert.Equal(
            [$"{name}=b (from profile 'DEFAULT' of ~/.databrickscfg)"],
            Resolve.Lines(new FakePlatform().ConfigFile($"[DEFAULT]\n{name}=\n{other}=b")));
        Assert.Equal(
            [$"{name}=a (from profile 'DEFAULT' of ~/.databrickscfg)"],
            Resolve.Lines(new FakePlatform().ConfigFile($"[DEFAULT]\n{other}=b\n{name}=a")));
    }

    [Fact]
    public void An_unknown_key_of_a_profile_is_ignored() =>
        Assert.Equal(
            ["token=*** (from profile 'DEFAULT' of ~/.databrickscfg)"],
            Resolve.Lines(
                new FakePlatform().ConfigFile("[DEFAULT]\ncluster_id=1\nToken=T\nwarehouse_id=2\ntoken=t\njobs-api-version=2.0\n")));

    [Fact]
    public void Every_option_of_code_is_a_setting() => Assert.Equal(AllOfCode, Texts(All()));

    [Fact]
    public void A_copy_of_the_options_has_every_option() => Assert.Equal(AllOfCode, Texts(All().CopyValidated()));

    [Fact]
    public void Untouched_options_set_nothing() => Assert.Empty(Texts(new DatabricksServingOptions()));

    private static readonly string[] AllOfCode =
    [
        "host=h", "account_id=1", "workspace_id=2", "profile=3", "config_file=4", "auth_type=5", "cloud=6", "token=7", "username=8",
        "password=9",
        "client_id=10", "client_secret=11", "scopes=12,13", """authorization_details=[{"type":"14"}]""", "discovery_url=15",
        "token_audience=16",
        "oidc_token_env=17", "oidc_token_filepath=18", "databricks_cli_path=19", "metadata_service_url=20",
        "azure_workspace_resource_id=21",
        "azure_client_id=22", "azure_client_secret=23", "azure_tenant_id=24", "azure_use_msi=true", "azure_environment=25",
        "azure_management_token=false", "disable_async_token_refresh=true",
    ];

    private static DatabricksServingOptions All() => new()
    {
        Host = new Uri("h", UriKind.Relative),
        Authentication =
        {
            AccountId = "1", WorkspaceId = "2", Profile = "3", ConfigFile = "4", AuthType = "5", Cloud = "6", Token = "7", Username = "8",
            Password = "9",
            ClientId = "10", ClientSecret = "11", Scopes = ["12", "13"], AuthorizationDetails = [new() { Type = "14" }],
            DiscoveryUrl = "15", TokenAudience = "16",
            OidcTokenEnv = "17", OidcTokenFilePath = "18", DatabricksCliPath = "19", MetadataServiceUrl = "20",
            AzureWorkspaceResourceId = "21",
            AzureClientId = "22", AzureClientSecret = "23", AzureTenantId = "24", AzureUseMsi = true, AzureEnvironment = "25",
            AzureManagementToken = false, RefreshTokensInBackground = false,
        },
    };

    private static IEnumerable<string> Texts(DatabricksServingOptions options) =>
        SettingTable.FromCode(options).Where(pair => pair.Value is not null).Select(pair => $"{pair.Key.Name}={pair.Value}");

    private static Setting Named(string name) => SettingTable.All.Single(setting => setting.Name == name);

    // Of three texts, each valid for the setting.
    private static string Value(string name, int which) => name switch
    {
        "host" => $"https://w{which}.cloud.databricks.com",
        "authorization_details" => $$"""[{"type":"some-type-{{which}}"}]""",
        "azure_use_msi" or "azure_management_token" or "disable_async_token_refresh" => which switch { 1 => "true", 2 => "1", _ => "T" },
        _ => $"some-{name}-{which}",
    };
}
