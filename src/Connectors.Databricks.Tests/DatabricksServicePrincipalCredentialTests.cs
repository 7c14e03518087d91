using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Tests;

public sealed class DatabricksServicePrincipalCredentialTests : IAsyncLifetime
{
    private DatabricksEmulator _emulator = null!;

    public async Task InitializeAsync() => _emulator = await DatabricksEmulator.StartAsync();

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task Without_options_the_scope_is_all_apis()
    {
        await Credential().GetTokenAsync();

        Assert.Equal("all-apis", RequestedScope());
    }

    [Fact]
    public async Task Scopes_are_copied_when_the_credential_is_created()
    {
        var options = new DatabricksServicePrincipalCredentialOptions { Scopes = ["model-serving", "all-apis"] };
        var credential = Credential(options);
        options.Scopes.Clear();

        await credential.GetTokenAsync();

        Assert.Equal("all-apis model-serving", RequestedScope());
    }

    [Fact]
    public async Task Token_requests_are_logged()
    {
        using var log = new FakeLoggerFactory();

        await Credential(new() { LoggerFactory = log }).GetTokenAsync();

        Assert.Contains(
            log.Collector.GetSnapshot(),
            record => record.Level == LogLevel.Debug && record.Message.Contains("'oauth-m2m'", StringComparison.Ordinal));
    }

    [Fact]
    public void Options_without_a_clock_or_logger_factory_are_rejected()
    {
        Assert.Throws<ArgumentNullException>("options", () => Credential(new() { TimeProvider = null! }));
        Assert.Throws<ArgumentNullException>("options", () => Credential(new() { LoggerFactory = null! }));
    }

    [Theory]
    [InlineData("", "some-secret")]
    [InlineData("some-client", " ")]
    public void An_empty_value_is_rejected(string clientId, string clientSecret) =>
        Assert.Throws<ArgumentException>(() => new DatabricksServicePrincipalCredential(Some.Host, clientId, clientSecret));

    [Fact]
    public void Its_text_names_the_host_and_no_secret() =>
        Assert.Equal(
            $"DatabricksServicePrincipalCredential({Some.Host.Host})",
            new DatabricksServicePrincipalCredential(Some.Host, "some-client", "some-secret").ToString());

    private DatabricksServicePrincipalCredential Credential(DatabricksServicePrincipalCredentialOptions? options = null) =>
        new(_emulator.Host, _emulator.ClientId, _emulator.ClientSecret, options);

    private string RequestedScope() => Assert.Single(_emulator.OAuth.TokenEndpoint.Requests).Form!["scope"];
}
