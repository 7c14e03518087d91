using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Settings;

/// <summary>Yes and no are read strictly.</summary>
public class FlagTests
{
    [Theory]
    [InlineData("1", true)]
    [InlineData("t", true)]
    [InlineData("T", true)]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("True", true)]
    [InlineData("0", false)]
    [InlineData("f", false)]
    [InlineData("F", false)]
    [InlineData("false", false)]
    [InlineData("FALSE", false)]
    [InlineData("False", false)]
    public void These_texts_are_yes_and_no(string text, bool expected)
    {
        var settings = Resolve.On(new FakePlatform().With("DATABRICKS_DISABLE_ASYNC_TOKEN_REFRESH", text));

        Assert.Equal(
            (true, expected),
            (settings.Has(SettingTable.DisableAsyncTokenRefresh, out _), settings.IsOn(SettingTable.DisableAsyncTokenRefresh)));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("on")]
    [InlineData("2")]
    [InlineData("tRue")]
    [InlineData(" true")]
    public void Any_other_text_is_refused_with_its_source(string text)
    {
        var failure = Resolve.Failure(new FakePlatform().With("ARM_USE_MSI", text));

        Assert.Equal(
            $"azure_use_msi is '{text}' (from environment variable ARM_USE_MSI), which is neither true nor false. " +
            $"Configured: azure_use_msi={text} (from environment variable ARM_USE_MSI).",
            failure.Message);
        Assert.Equal(DatabricksCredentialFailure.InvalidConfiguration, failure.Failure);
    }

    [Theory]
    [InlineData("azure_use_msi")]
    [InlineData("azure_management_token")]
    [InlineData("disable_async_token_refresh")]
    public void Every_flag_is_checked_in_a_profile_too(string name) =>
        Assert.StartsWith(
            $"{name} is 'maybe' (from profile 'DEFAULT' of ~/.databrickscfg), which is neither true nor false.",
            Resolve.Failure(new FakePlatform().ConfigFile($"[DEFAULT]\n{name}=maybe")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_managed_identity_that_is_switched_off_is_not_used()
    {
        var machine = new FakePlatform().With("ARM_USE_MSI", "false").ConfigFile("[DEFAULT]\nhost=w\ntoken=t\n");

        var settings = Resolve.On(machine);

        Assert.Equal(["pat"], settings.Groups);
        Assert.Equal("DEFAULT", settings.Profile);
    }

    [Fact]
    public void A_flag_that_is_off_in_the_environment_stays_off_whatever_the_profile_says() =>
        Assert.False(
            Resolve.On(
                new FakePlatform().With("ARM_USE_MSI", "false")
                    .ConfigFile("[DEFAULT]\nazure_use_msi=true\n")).IsOn(SettingTable.AzureUseMsi));
}
