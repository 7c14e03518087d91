using System.Net;
using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.Hosts;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Tests.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connectors.Databricks.Tests.Authentication.Hosts;

/// <summary>Whether a workspace is Azure's (authentication reference §3).</summary>
public class IsAzureTests
{
    private const string Private = "https://workspace.example";

    [Theory]
    [InlineData("https://adb-1.2.azuredatabricks.net", null, null, true)]
    [InlineData("https://w.cloud.databricks.com", null, null, false)]
    [InlineData("https://1.gcp.databricks.com", null, null, false)]
    [InlineData("https://w.cloud.databricks.com", "Azure", null, true)]
    [InlineData("https://w.cloud.databricks.com", "AZURE", null, true)]
    [InlineData("https://adb-1.2.azuredatabricks.net", "aws", null, false)]
    [InlineData(Private, "azure", null, true)]
    [InlineData("https://w.cloud.databricks.com", "aws", "/subscriptions/s", true)]
    public async Task Its_resource_id_takes_precedence_over_the_configured_cloud_and_that_over_its_name(
        string host, string? cloud, string? resource, bool expected)
    {
        // No answer is prepared: none of these asks the host.
        var machine = new FakePlatform().With("DATABRICKS_HOST", host).With("DATABRICKS_CLOUD", cloud ?? "")
            .With("DATABRICKS_AZURE_RESOURCE_ID", resource ?? "");

        Assert.Equal(expected, await Facts(machine).IsAzureAsync(CancellationToken.None));
        Assert.Empty(machine.Sent);
    }

    [Theory]
    [InlineData("""{"cloud":"azure"}""", true)]
    [InlineData("""{"cloud":"Azure"}""", true)]
    [InlineData("""{"cloud":"AWS"}""", false)]
    [InlineData("""{"cloud":null}""", false)]
    [InlineData("{}", false)]
    public async Task A_host_of_a_private_name_is_asked_once(string metadata, bool expected)
    {
        var machine = new FakePlatform().With("DATABRICKS_HOST", Private).Answers($"{Private}/.well-known/databricks-config", metadata);
        var facts = Facts(machine);

        Assert.Equal(expected, await facts.IsAzureAsync(CancellationToken.None));
        Assert.Equal(expected, await facts.IsAzureAsync(CancellationToken.None));
        Assert.Equal([("GET", $"{Private}/.well-known/databricks-config")], machine.Sent.Select(sent => (sent.Method, sent.Address)));
    }

    [Fact]
    public async Task A_host_that_says_nothing_of_itself_is_not_Azures() =>
        Assert.False(await Facts(new FakePlatform().With("DATABRICKS_HOST", Private)
            .Answers($"{Private}/.well-known/databricks-config", "", HttpStatusCode.NotFound)).IsAzureAsync(CancellationToken.None));

    private static HostFacts Facts(FakePlatform machine) =>
        new(Resolve.On(machine), new TokenRequests(machine, NullLogger.Instance, new Redaction([])), NullLogger.Instance);
}
