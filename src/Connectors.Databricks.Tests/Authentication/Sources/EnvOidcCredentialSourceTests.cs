using System.Net;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Sources;

/// <summary>
/// An identity token in an environment variable, and the exchange that all federation shares (authentication reference §6.8).
/// </summary>
public class EnvOidcCredentialSourceTests
{
    private const string Exchanging = $"Exchanging the identity token for a Databricks token: {LogIn.TokenEndpoint}";

    private const string Form =
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange" +
        "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt" +
        "&subject_token=";

    [Fact]
    public async Task The_identity_token_is_exchanged_without_an_authorization_header()
    {
        var machine = Machine("some-jwt").Answers(LogIn.TokenEndpoint, LogIn.Answer);

        var token = await machine.Token();

        Assert.Equal(new DatabricksAccessToken("some-access-token", machine.Clock.GetUtcNow().AddHours(1)), token);
        Assert.Equal(
            $"""
            POST https://some-workspace.cloud.databricks.com/oidc/v1/token
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            {Form}some-jwt&scope=all-apis
            """,
            machine.Sent[^1].Text);
    }

    [Fact]
    public async Task Client_id_scopes_and_authorization_details_are_sent_when_they_are_set()
    {
        var machine = Machine("some-jwt").With("DATABRICKS_CLIENT_ID", "some-client").Answers(LogIn.TokenEndpoint, LogIn.Answer);

        await machine.Token((SettingTable.Scopes, "sql,all-apis"), (SettingTable.AuthorizationDetails, "[]"));

        Assert.Equal($"{Form}some-jwt&scope=all-apis+sql&client_id=some-client&authorization_details=%5B%5D", machine.Sent[^1].Body);
    }

    [Fact]
    public async Task The_variable_may_have_another_name()
    {
        var machine = LogIn.MachineFor("env-oidc").With("DATABRICKS_OIDC_TOKEN_ENV", "MY_JWT").With("MY_JWT", "my-jwt")
            .With("DATABRICKS_OIDC_TOKEN", "other-jwt").WithOAuth().Answers(LogIn.TokenEndpoint, LogIn.Answer);

        await machine.Token();

        Assert.Equal($"{Form}my-jwt&scope=all-apis", machine.Sent[^1].Body);
    }

    [Fact]
    public async Task The_variable_is_read_for_each_exchange()
    {
        var machine = Machine("first-jwt").Answers(LogIn.TokenEndpoint, LogIn.Answer);

        await machine.TwoTokens(() => machine.With("DATABRICKS_OIDC_TOKEN", "second-jwt"));

        Assert.Equal(
            [$"{Form}first-jwt&scope=all-apis", $"{Form}second-jwt&scope=all-apis"],
            machine.Sent.Where(sent => sent.Method == "POST").Select(sent => sent.Body));
    }

    [Theory]
    [InlineData(" some-jwt ")]
    [InlineData("some-jwt\n")]
    [InlineData("\r\n\tsome-jwt\r\n")]
    public async Task White_space_around_the_token_is_left_out(string text)
    {
        var machine = Machine(text).Answers(LogIn.TokenEndpoint, LogIn.Answer);

        await machine.Token();

        Assert.Equal($"{Form}some-jwt&scope=all-apis", machine.Sent[^1].Body);
    }

    [Theory]
    [InlineData(" ", "Failed: Environment variable DATABRICKS_OIDC_TOKEN is empty.")]
    [InlineData("a b", "Failed: Environment variable DATABRICKS_OIDC_TOKEN holds white space inside, so it is no token.")]
    [InlineData("a\nb", "Failed: Environment variable DATABRICKS_OIDC_TOKEN holds white space inside, so it is no token.")]
    [InlineData("", "Declined: environment variable DATABRICKS_OIDC_TOKEN not set")]
    public async Task What_is_no_token_is_not_sent(string text, string refusal)
    {
        var machine = Machine(text);

        Assert.Equal((refusal, 0), (await machine.Refusal(), machine.Sent.Count));
    }

    [Fact]
    public async Task A_named_variable_that_is_not_set_is_named() => Assert.Equal(
        "Declined: environment variable MY_JWT not set",
        await LogIn.MachineFor("env-oidc").With("DATABRICKS_OIDC_TOKEN_ENV", "MY_JWT").Refusal());

    [Fact]
    public async Task A_variable_that_vanishes_is_named_at_the_next_exchange()
    {
        var machine = Machine("some-jwt").Answers(LogIn.TokenEndpoint, LogIn.Answer);

        var failure = await Assert.ThrowsAsync<DatabricksCredentialException>(
            () => machine.TwoTokens(() => machine.Variables.Remove("DATABRICKS_OIDC_TOKEN")));

        Assert.Equal("Environment variable DATABRICKS_OIDC_TOKEN is empty.", Assert.Single(failure.Attempts).Reason);
    }

    [Fact]
    public async Task A_service_that_echoes_the_identity_token_does_not_get_it_into_the_message()
    {
        var machine = Machine("some-jwt").Answers(
            LogIn.TokenEndpoint, """{"error":"invalid_grant","error_description":"some-jwt has expired."}""", HttpStatusCode.BadRequest);

        Assert.Equal($"Failed: {Exchanging} returned 400 BadRequest: invalid_grant: *** has expired.", await machine.Refusal());
    }

    private static FakePlatform Machine(string token) => LogIn.MachineFor("env-oidc").With("DATABRICKS_OIDC_TOKEN", token).WithOAuth();
}
