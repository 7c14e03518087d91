using System.Net;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication;

/// <summary>What <c>DescribeAuthenticationAsync</c> tells.</summary>
public class AuthenticationReportTests
{
    [Fact]
    public async Task A_token_that_works_is_told_with_every_setting_and_the_unused_ones_are_marked()
    {
        var machine = new FakePlatform().With("DATABRICKS_AUTH_TYPE", "pat").With("ARM_CLIENT_ID", "some-app")
            .With("ARM_CLIENT_SECRET", "some-secret")
            .With("DATABRICKS_CONFIG_PROFILE", "p").ConfigFile("[p]\nhost=https://x/?o=1\ntoken=dapi-secret\n");

        var report = await Client(machine).DescribeAuthenticationAsync();

        Assert.Equal(
            (new Uri("https://x"), "pat", "p", null, null), (report.Host, report.AuthType, report.Profile, report.ExpiresOn, report.Error));
        Assert.Equal(["azure_client_id", "azure_client_secret"], report.UnusedSettings);
        Assert.Equal([new("pat", DatabricksCredentialOutcome.Selected, "returned a token")], report.Attempts);
        Assert.Equal(
            """
            Host: https://x
            Authentication: pat
            Profile: p
            Settings:
              - host=https://x (from profile 'p' of ~/.databrickscfg)
              - workspace_id=1 (from the query of host)
              - profile=p (from environment variable DATABRICKS_CONFIG_PROFILE)
              - auth_type=pat (from environment variable DATABRICKS_AUTH_TYPE)
              - token=*** (from profile 'p' of ~/.databrickscfg)
              - azure_client_id=some-app (from environment variable ARM_CLIENT_ID; not used by pat)
              - azure_client_secret=*** (from environment variable ARM_CLIENT_SECRET; not used by pat)
            Considered:
              - pat: selected: returned a token

            """,
            report.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task When_none_works_the_report_says_why_and_does_not_throw()
    {
        var machine = new FakePlatform().With("DATABRICKS_HOST", "https://x").With("DATABRICKS_AUTH_TYPE", "oauth-m2m")
            .With("DATABRICKS_CLIENT_ID", "c");

        var report = await Client(machine).DescribeAuthenticationAsync();

        Assert.Equal(
            (new Uri("https://x"), null, DatabricksCredentialFailure.NotConfigured), (report.Host, report.AuthType, report.Error?.Failure));
        Assert.Equal(
            """
            Host: https://x
            Authentication: none works
            Profile: none was read
            Settings:
              - host=https://x (from environment variable DATABRICKS_HOST)
              - auth_type=oauth-m2m (from environment variable DATABRICKS_AUTH_TYPE)
              - client_id=c (from environment variable DATABRICKS_CLIENT_ID)
            Considered:
              - oauth-m2m: not used: client_secret (DATABRICKS_CLIENT_SECRET) not set

            """,
            report.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task A_failure_is_reported_with_what_was_declined()
    {
        var machine = new FakePlatform().With("DATABRICKS_HOST", "https://w.cloud.databricks.com")
            .With("DATABRICKS_METADATA_SERVICE_URL", "http://elsewhere.example/");

        var report = await Client(machine).DescribeAuthenticationAsync();

        Assert.Equal((DatabricksCredentialFailure.ProviderFailed, 14), (report.Error?.Failure, report.Attempts.Count));
        Assert.Contains(
            "  - metadata-service: FAILED: metadata_service_url is not an address on localhost or 127.0.0.1.", report.ToString(),
            StringComparison.Ordinal);
        Assert.DoesNotContain("Error:", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_expiry_of_a_token_is_told()
    {
        const string Service = "http://localhost:1/t";
        var machine = new FakePlatform().With("DATABRICKS_HOST", "https://x").With("DATABRICKS_METADATA_SERVICE_URL", Service)
            .Answers(Service, """{"access_token":"a","token_type":"Bearer","expires_on":1900000000}""");

        var report = await Client(machine).DescribeAuthenticationAsync();

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1900000000), report.ExpiresOn);
        Assert.Contains("Token expires on: 2030-03-17T17:46:40.0000000+00:00", report.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Service, report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_of_ones_own_uses_no_setting()
    {
        var machine = new FakePlatform().With("DATABRICKS_HOST", "https://x").With("DATABRICKS_TOKEN", "t");

        var report = await Client(
            machine, DatabricksCredential.FromTokenProvider(_ => new(new DatabricksAccessToken("mine")))).DescribeAuthenticationAsync();

        Assert.Equal(
            """
            Host: https://x
            Authentication: token-provider
            Profile: none was read
            Settings:
              - host=https://x (from environment variable DATABRICKS_HOST)
              - token=*** (from environment variable DATABRICKS_TOKEN; not used by token-provider)

            """,
            report.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task The_error_of_a_credential_of_ones_own_is_in_the_text()
    {
        var machine = new FakePlatform().With("DATABRICKS_HOST", "https://x");
        var refusal = new DatabricksCredentialException("The vault is sealed.");

        var report = await Client(machine, DatabricksCredential.FromTokenProvider(_ => throw refusal)).DescribeAuthenticationAsync();

        Assert.Same(refusal, report.Error);
        Assert.Equal(
            """
            Host: https://x
            Authentication: none works
            Profile: none was read
            Settings:
              - host=https://x (from environment variable DATABRICKS_HOST)
            Error: The vault is sealed.

            """,
            report.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task An_exception_that_is_not_ours_is_told_and_not_thrown()
    {
        var machine = new FakePlatform().With("DATABRICKS_HOST", "https://x");
        var outage = new HttpRequestException("The vault refused\nBearer AAAAbbbbCCCCdddd0123456789.");

        var report = await Client(machine, DatabricksCredential.FromTokenProvider(_ => throw outage)).DescribeAuthenticationAsync();

        Assert.Equal((null, DatabricksCredentialFailure.ProviderFailed), (report.AuthType, report.Error?.Failure));
        Assert.Equal("The vault refused\nBearer ***", Assert.IsType<HttpRequestException>(report.Error!.InnerException).Message);
        Assert.EndsWith(
            "Error: The credential ProvidedToken threw HttpRequestException: The vault refused Bearer ***", report.ToString().TrimEnd(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_that_gives_an_empty_token_does_not_work()
    {
        var report = await Client(
            new FakePlatform().With("DATABRICKS_HOST", "https://x"), DatabricksCredential.FromTokenProvider(_ => default))
            .DescribeAuthenticationAsync();

        Assert.Equal(
            (null, "The credential returned an empty token. A DatabricksCredential must return new DatabricksAccessToken(value)."),
            (report.AuthType, report.Error?.Message));
    }

    [Fact]
    public async Task A_report_that_the_caller_cancels_is_canceled()
    {
        using var stop = new CancellationTokenSource();
        var machine = new FakePlatform().With("DATABRICKS_HOST", "https://x");
        var client = Client(machine, DatabricksCredential.FromTokenProvider(async cancellationToken =>
        {
            await stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return default;
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.DescribeAuthenticationAsync(stop.Token));
    }

    [Fact]
    public async Task A_host_that_cannot_be_found_is_told_as_a_failed_attempt()
    {
        var machine = new FakePlatform().With("DATABRICKS_AZURE_RESOURCE_ID", "/subscriptions/s").With("ARM_USE_MSI", "true")
            .With("DATABRICKS_AUTH_TYPE", "azure-msi")
            .Answers(
                "http://169.254.169.254/metadata/identity/oauth2/token",
                """{"access_token":"msi","token_type":"Bearer","expires_on":"1900000000"}""")
            .Answers("https://management.azure.com/subscriptions/s", "{}", HttpStatusCode.NotFound);

        var report = await Client(machine).DescribeAuthenticationAsync();

        Assert.Equal((null, null, DatabricksCredentialFailure.ProviderFailed), (report.Host, report.AuthType, report.Error?.Failure));
        const string reason =
            "Requesting the workspace URL from Azure: https://management.azure.com/subscriptions/s returned 404 NotFound";
        Assert.Equal([new("azure-msi", DatabricksCredentialOutcome.Failed, reason)], report.Attempts);
        Assert.EndsWith($"  - azure-msi: FAILED: {reason}", report.ToString().TrimEnd(), StringComparison.Ordinal);
    }

    private static DatabricksServingClient Client(FakePlatform machine, DatabricksCredential? credential = null) =>
        new(new DatabricksServingOptions { Credential = credential }, machine);
}
