using Connectors.Databricks.Authentication.Hosts;

namespace Connectors.Databricks.Tests.Authentication.Hosts;

/// <summary>The cloud is told from the end of the host's name (authentication reference §3).</summary>
public class DatabricksCloudTests
{
    private const string Production = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";

    [Theory]
    [InlineData("w.dev.databricks.com", "AWS", Production)]
    [InlineData("w.staging.cloud.databricks.com", "AWS", Production)]
    [InlineData("w.cloud.databricks.us", "AWS", Production)]
    [InlineData("w.cloud.databricks.com", "AWS", Production)]
    [InlineData("adb-1.2.dev.azuredatabricks.net", "AZURE", "62a912ac-b58e-4c1d-89ea-b2dbfc7358fc")]
    [InlineData("adb-1.2.staging.azuredatabricks.net", "AZURE", "4a67d088-db5c-48f1-9ff2-0aace800ae68")]
    [InlineData("adb-1.2.azuredatabricks.net", "AZURE", Production)]
    [InlineData("ADB-1.2.AzureDatabricks.NET", "AZURE", Production)]
    [InlineData("adb-1.2.databricks.azure.us", "AZURE", Production)]
    [InlineData("adb-1.2.databricks.azure.cn", "AZURE", Production)]
    [InlineData("1.dev.gcp.databricks.com", "GCP", Production)]
    [InlineData("1.staging.gcp.databricks.com", "GCP", Production)]
    [InlineData("1.gcp.databricks.com", "GCP", Production)]
    [InlineData("localhost", null, Production)]
    [InlineData("workspace.example.com", null, Production)]
    [InlineData("databricks.com", null, Production)]
    [InlineData("evilazuredatabricks.net", null, Production)]
    [InlineData("adb-1.2.azuredatabricks.net.evil.example", null, Production)]
    public void A_name_ends_with_that_of_its_cloud(string host, string? cloud, string azureResource)
    {
        var address = new Uri($"https://{host}:8443");

        Assert.Equal((cloud, azureResource), (DatabricksCloud.Of(address), DatabricksCloud.AzureResourceOf(address)));
    }

    [Theory]
    [InlineData("https://accounts.cloud.databricks.com", true)]
    [InlineData("https://accounts.azuredatabricks.net", true)]
    [InlineData("https://Accounts.gcp.databricks.com", true)]
    [InlineData("https://accounts-dod.cloud.databricks.us", true)]
    [InlineData("https://accounts-other.cloud.databricks.com", false)]
    [InlineData("https://my-accounts.cloud.databricks.com", false)]
    [InlineData("https://w.accounts.cloud.databricks.com", false)]
    [InlineData("https://w.cloud.databricks.com", false)]
    public void An_accounts_host_is_told_by_its_first_word(string host, bool expected) =>
        Assert.Equal(expected, DatabricksCloud.IsAccounts(new Uri(host)));
}
