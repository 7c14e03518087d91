using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Sources;

/// <summary>A token that is configured as it is (authentication reference §6.1).</summary>
public class PatCredentialSourceTests
{
    [Fact]
    public async Task The_configured_token_is_used_as_it_is_and_for_ever()
    {
        var machine = LogIn.MachineFor("pat").With("DATABRICKS_TOKEN", "dapi-some-token");

        var (first, second) = await machine.TwoTokens();

        Assert.Equal((new DatabricksAccessToken("dapi-some-token"), first), (first, second));
    }

    [Fact]
    public async Task No_request_is_sent()
    {
        var machine = LogIn.MachineFor("pat").With("DATABRICKS_TOKEN", "dapi-some-token");

        await machine.Token();

        Assert.Equal((0, 0), (machine.Sent.Count, machine.Runs.Count));
    }

    [Fact]
    public async Task Without_a_token_it_declines()
    {
        Assert.Equal("Declined: token (DATABRICKS_TOKEN) not set", await LogIn.MachineFor("pat").Refusal());
    }

    [Theory]
    [InlineData("dapi-some-token\n")]
    [InlineData("dapi some token")]
    [InlineData("dapi-sömé-token")]
    public async Task A_token_that_no_header_can_carry_is_told_by_its_setting_and_not_quoted(string token)
    {
        Assert.Equal(
            "Failed: token (from environment variable DATABRICKS_TOKEN) holds white space or characters outside printable ASCII. Check " +
            "for a line break at its end.",
            await LogIn.MachineFor("pat").With("DATABRICKS_TOKEN", token).Refusal());
    }
}
