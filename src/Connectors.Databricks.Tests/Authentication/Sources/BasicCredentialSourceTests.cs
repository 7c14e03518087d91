using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Sources;

/// <summary>User name and password (authentication reference §6.2).</summary>
public class BasicCredentialSourceTests
{
    [Theory]
    [InlineData("some-user", "some-password", "c29tZS11c2VyOnNvbWUtcGFzc3dvcmQ=")]
    [InlineData("jürgen", "pa:ss wörd", "asO8cmdlbjpwYTpzcyB3w7ZyZA==")]
    public async Task User_and_password_are_joined_by_a_colon_and_encoded_as_Base64_of_UTF8(string user, string password, string pair)
    {
        var machine = LogIn.MachineFor("basic").With("DATABRICKS_USERNAME", user).With("DATABRICKS_PASSWORD", password);

        var token = await machine.Token();

        Assert.Equal(("Basic", pair, null, 0), (token.Scheme, token.Value, token.ExpiresOn, machine.Sent.Count));
    }

    [Theory]
    [InlineData(null, null, "username (DATABRICKS_USERNAME) and password (DATABRICKS_PASSWORD) not set")]
    [InlineData("some-user", null, "password (DATABRICKS_PASSWORD) not set")]
    [InlineData(null, "some-password", "username (DATABRICKS_USERNAME) not set")]
    public async Task What_is_missing_is_named(string? user, string? password, string reason)
    {
        var machine = LogIn.MachineFor("basic").With("DATABRICKS_USERNAME", user ?? "").With("DATABRICKS_PASSWORD", password ?? "");

        Assert.Equal($"Declined: {reason}", await machine.Refusal());
    }
}
