using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Settings;

/// <summary>Which profile is read, when, and what may be missing (authentication reference §4.2 to §4.4).</summary>
public class ConfigProfileTests
{
    private const string File =
        """
        [__settings__]
        default_profile =  chosen

        [DEFAULT]
        host  = https://default
        token = dapi-default

        [chosen]
        host  = https://chosen
        token = dapi-chosen

        [named]
        host  = https://named

        [empty]
        """;

    private const string WithoutChoice = "[DEFAULT]\nhost=https://default\ntoken=dapi-default\n[named]\nhost=https://named\n";

    [Fact]
    public void The_profile_in_code_takes_precedence_over_the_variable_and_that_over_the_file()
    {
        var machine = new FakePlatform().ConfigFile(File);
        Assert.Equal("chosen", Resolve.On(machine).Profile);

        machine.With("DATABRICKS_CONFIG_PROFILE", "DEFAULT");
        Assert.Equal("DEFAULT", Resolve.On(machine).Profile);
        Assert.Equal("named", Resolve.On(machine, options => options.Authentication.Profile = "named").Profile);
    }

    [Fact]
    public void Without_any_choice_it_is_DEFAULT() =>
        Assert.Equal(
            ["host=https://default (from profile 'DEFAULT' of ~/.databrickscfg)", "token=*** (from profile 'DEFAULT' of ~/.databrickscfg)"],
            Resolve.Lines(new FakePlatform().ConfigFile(WithoutChoice)));

    [Theory]
    [InlineData("[__settings__]\ndefault_profile =\n")]
    [InlineData("[__settings__]\ndefault_profile = \"  \"\n")]
    [InlineData("[__settings__]\nother = x\n")]
    public void An_empty_choice_of_the_file_is_none(string settings) =>
        Assert.Equal("DEFAULT", Resolve.On(new FakePlatform().ConfigFile(settings + WithoutChoice)).Profile);

    [Theory]
    [InlineData("chosen")]
    [InlineData(null)]
    public void A_profile_inherits_nothing_from_DEFAULT(string? other) =>
        Assert.Equal(
            ["host=https://named (from profile 'named' of ~/.databrickscfg)", "profile=named (from code)"],
            Resolve.Lines(
                new FakePlatform().ConfigFile(other is null ? WithoutChoice : File), options => options.Authentication.Profile = "named"));

    [Fact]
    public void The_reserved_section_is_no_profile_even_without_a_file()
    {
        const string Message = "~/.databrickscfg: __settings__ is a reserved section name and cannot be used as a profile.";
        FakePlatform[] machines =
        [
            new FakePlatform().With("DATABRICKS_CONFIG_PROFILE", "__settings__"),
            new FakePlatform().With("DATABRICKS_CONFIG_PROFILE", "__settings__").ConfigFile(File),
            new FakePlatform().ConfigFile("[__settings__]\ndefault_profile = __settings__\n[DEFAULT]\ntoken=t"),
        ];

        Assert.All(machines, machine =>
        {
            var failure = Resolve.Failure(machine);
            Assert.StartsWith(Message, failure.Message, StringComparison.Ordinal);
            Assert.Equal(DatabricksCredentialFailure.ReservedProfile, failure.Failure);
        });
    }

    public static TheoryData<string, string> ThatIdentify => new()
    {
        { "DATABRICKS_HOST", "https://x" },
        { "DATABRICKS_TOKEN", "dapi-mine" },
        { "DATABRICKS_USERNAME", "u" },
        { "DATABRICKS_PASSWORD", "p" },
        { "DATABRICKS_CLIENT_ID", "c" },
        { "DATABRICKS_CLIENT_SECRET", "s" },
        { "DATABRICKS_OIDC_TOKEN_ENV", "V" },
        { "DATABRICKS_OIDC_TOKEN_FILEPATH", "/f" },
        { "DATABRICKS_OIDC_TOKEN_FILE", "/f" },
        { "DATABRICKS_METADATA_SERVICE_URL", "http://localhost" },
        { "DATABRICKS_AZURE_RESOURCE_ID", "/subscriptions/s" },
        { "ARM_CLIENT_ID", "c" },
        { "ARM_CLIENT_SECRET", "s" },
        { "ARM_TENANT_ID", "t" },
        { "ARM_USE_MSI", "true" },
        { "DATABRICKS_AZURE_LOGIN_APP_ID", "a" },
        { "DATABRICKS_GOOGLE_SERVICE_ACCOUNT", "g" },
        { "GOOGLE_CREDENTIALS", "{}" },
    };

    [Theory]
    [MemberData(nameof(ThatIdentify))]
    public void The_default_profile_is_left_alone_when_something_says_who_or_where(string variable, string value)
    {
        var settings = Resolve.On(new FakePlatform().ConfigFile(File).With(variable, value));

        Assert.Null(settings.Profile);
        Assert.Equal([$"environment variable {variable}"], settings.Shown.Select(setting => setting.Source));
    }

    [Theory]
    [MemberData(nameof(ThatIdentify))]
    public void A_named_profile_is_always_read(string variable, string value) =>
        Assert.Equal(
            "named",
            Resolve.On(new FakePlatform().ConfigFile(File).With(variable, value).With("DATABRICKS_CONFIG_PROFILE", "named")).Profile);

    [Theory]
    [InlineData("DATABRICKS_ACCOUNT_ID", "a")]
    [InlineData("DATABRICKS_WORKSPACE_ID", "1")]
    [InlineData("DATABRICKS_AUTH_TYPE", "pat")]
    [InlineData("DATABRICKS_CLOUD", "AWS")]
    [InlineData("DATABRICKS_CLI_PATH", "x")]
    [InlineData("DATABRICKS_OIDC_TOKEN", "jwt")]
    [InlineData("DATABRICKS_DISCOVERY_URL", "https://d")]
    [InlineData("DATABRICKS_TOKEN_AUDIENCE", "a")]
    [InlineData("ARM_ENVIRONMENT", "PUBLIC")]
    [InlineData("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "g")]
    [InlineData("DATABRICKS_CLUSTER_ID", "c")]
    [InlineData("DATABRICKS_TOKEN", "")]
    public void The_default_profile_is_read_when_nothing_says_who_or_where(string variable, string value)
    {
        var settings = Resolve.On(new FakePlatform().ConfigFile(File).With(variable, value));

        Assert.Equal(
            ("chosen", "https://chosen/", "dapi-chosen"), (settings.Profile, settings.Host?.AbsoluteUri, settings[SettingTable.Token]));
    }

    [Fact]
    public void The_default_profile_is_not_read_with_a_credential_in_code() =>
        Assert.Empty(Resolve.On(new FakePlatform().ConfigFile(File), hasCredential: true).Shown);

    [Fact]
    public void A_missing_file_is_no_failure_even_when_a_profile_is_named() =>
        Assert.Equal(
            [
                "profile=named (from environment variable DATABRICKS_CONFIG_PROFILE)",
                "token=*** (from environment variable DATABRICKS_TOKEN)",
            ],
            Resolve.Lines(new FakePlatform().With("DATABRICKS_CONFIG_PROFILE", "named").With("DATABRICKS_TOKEN", "dapi-mine")));

    [Theory]
    [InlineData("")]
    [InlineData("[DEFAULT]\n")]
    [InlineData("[DEFAULT]\n[named]\nhost=x")]
    [InlineData("[default]\nhost=x")]
    public void A_missing_or_empty_default_profile_is_no_failure(string file) =>
        Assert.Empty(Resolve.Lines(new FakePlatform().ConfigFile(file)));

    [Theory]
    [InlineData("missing", File, "It has: DEFAULT, chosen, named. Names are case-sensitive.")]
    [InlineData("empty", File, "It has: DEFAULT, chosen, named. Names are case-sensitive.")]
    [InlineData("Named", File, "It has: DEFAULT, chosen, named. Names are case-sensitive.")]
    [InlineData("DEFAULT", "[named]\nhost=x", "It has: named. Names are case-sensitive.")]
    [InlineData("missing", "", "It has no profile at all; 'databricks auth login' makes one.")]
    public void A_named_profile_that_is_missing_or_empty_is_a_failure_that_lists_the_others(string name, string file, string advice)
    {
        var failure = Resolve.Failure(new FakePlatform().ConfigFile(file).With("DATABRICKS_CONFIG_PROFILE", name));

        Assert.Equal(
            $"~/.databrickscfg has no {name} profile configured. {advice} Configured: profile={name} (from environment variable " +
            "DATABRICKS_CONFIG_PROFILE).",
            failure.Message);
        Assert.Equal(DatabricksCredentialFailure.ProfileNotFound, failure.Failure);
        Assert.Equal(
            [new DatabricksAuthenticationSetting("profile", name, "environment variable DATABRICKS_CONFIG_PROFILE")], failure.Settings);
    }

    [Fact]
    public void A_missing_profile_that_the_file_itself_chooses_is_a_failure()
    {
        var failure = Resolve.Failure(new FakePlatform().ConfigFile("[__settings__]\ndefault_profile=gone\n[DEFAULT]\ntoken=t\n"));

        Assert.Equal(
            "~/.databrickscfg has no gone profile configured. It has: DEFAULT. Names are case-sensitive. " +
            "Nothing is configured in code, environment or profile.",
            failure.Message);
        Assert.Equal(DatabricksCredentialFailure.ProfileNotFound, failure.Failure);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named_and_its_line_is_not_quoted()
    {
        var failure = Resolve.Failure(new FakePlatform().ConfigFile("[DEFAULT]\ndapi-secret\n"));

        Assert.Equal(
            "The configuration file ~/.databrickscfg cannot be read: line 2 is neither [section] nor key = value. " +
            "Nothing is configured in code, environment or profile.",
            failure.Message);
        Assert.Equal(DatabricksCredentialFailure.InvalidConfiguration, failure.Failure);
    }

    public static TheoryData<Exception, string> ReadFailures => new()
    {
        { new UnauthorizedAccessException("Access to the path is denied."), "Access to the path is denied" },
        { new IOException("it is a directory"), "it is a directory" },
        { new NotSupportedException("The device cannot be read."), "The device cannot be read" },
        { new ArgumentException("Null character in path."), "Null character in path" },
    };

    [Theory]
    [MemberData(nameof(ReadFailures), DisableDiscoveryEnumeration = true)]
    public void A_file_that_is_there_and_cannot_be_read_is_a_failure(Exception why, string reason)
    {
        var machine = new FakePlatform();
        machine.Unreadable["/home/someone/.databrickscfg"] = why;

        var failure = Resolve.Failure(machine);

        Assert.Equal(DatabricksCredentialFailure.InvalidConfiguration, failure.Failure);
        Assert.StartsWith($"The configuration file ~/.databrickscfg cannot be read: {reason}. ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(FileNotFoundException))]
    [InlineData(typeof(DirectoryNotFoundException))]
    public void A_missing_file_alone_is_ignored(Type why)
    {
        var machine = new FakePlatform();
        machine.Unreadable["/home/someone/.databrickscfg"] = (Exception)Activator.CreateInstance(why)!;

        Assert.Empty(Resolve.Lines(machine));
    }

    [Fact]
    public void A_file_that_nothing_asks_for_may_be_unreadable()
    {
        var machine = new FakePlatform().With("DATABRICKS_HOST", "x");
        machine.Unreadable["/home/someone/.databrickscfg"] = new UnauthorizedAccessException();

        Assert.Equal(["host=https://x (from environment variable DATABRICKS_HOST)"], Resolve.Lines(machine));
    }

    [Theory]
    [InlineData("/etc/databricks.cfg", "/etc/databricks.cfg")]
    [InlineData("~/team.cfg", "/home/someone/team.cfg")]
    [InlineData("~team.cfg", "~team.cfg")]
    public void The_file_may_be_elsewhere(string configured, string path)
    {
        var machine = new FakePlatform().ConfigFile(File).With("DATABRICKS_CONFIG_FILE", configured);
        machine.Files[path] = "[DEFAULT]\ntoken=t";

        Assert.Equal(
            [
                $"config_file={configured} (from environment variable DATABRICKS_CONFIG_FILE)",
                $"token=*** (from profile 'DEFAULT' of {configured})",
            ],
            Resolve.Lines(machine));
    }

    [Fact]
    public void The_file_in_code_takes_precedence_over_the_variable()
    {
        var machine = new FakePlatform().With("DATABRICKS_CONFIG_FILE", "/variable.cfg");
        machine.Files["/code.cfg"] = "[DEFAULT]\ntoken=t";

        Assert.Equal("t", Resolve.On(machine, options => options.Authentication.ConfigFile = "/code.cfg")[SettingTable.Token]);
    }

    [Fact]
    public void Without_a_home_folder_no_file_of_the_root_folder_is_taken_for_it()
    {
        var machine = new FakePlatform { HomeFolder = "" };
        machine.Files["/.databrickscfg"] = "[DEFAULT]\nhost=https://evil.example\n";

        Assert.Empty(Resolve.Lines(machine));
    }
}
