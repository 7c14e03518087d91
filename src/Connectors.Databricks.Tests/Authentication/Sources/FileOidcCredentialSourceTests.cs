using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Sources;

/// <summary>An identity token in a file (authentication reference §6.8).</summary>
public class FileOidcCredentialSourceTests
{
    private const string TokenFile = "/var/run/secrets/token";

    private const string Form =
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange" +
        "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Ajwt" +
        "&subject_token=";

    [Fact]
    public async Task The_token_of_the_file_is_exchanged()
    {
        var machine = Machine("some-jwt").With("DATABRICKS_CLIENT_ID", "some-client");

        var token = await machine.Token();

        Assert.Equal(new DatabricksAccessToken("some-access-token", machine.Clock.GetUtcNow().AddHours(1)), token);
        Assert.Equal(
            $"""
            POST https://some-workspace.cloud.databricks.com/oidc/v1/token
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            {Form}some-jwt&scope=all-apis&client_id=some-client
            """,
            machine.Sent[^1].Text);
    }

    [Fact]
    public async Task The_file_is_read_for_each_exchange()
    {
        var machine = Machine("first-jwt");

        await machine.TwoTokens(() => machine.Files[TokenFile] = "second-jwt");

        Assert.Equal(
            [$"{Form}first-jwt&scope=all-apis", $"{Form}second-jwt&scope=all-apis"],
            machine.Sent.Where(sent => sent.Method == "POST").Select(sent => sent.Body));
    }

    [Theory]
    [InlineData("some-jwt\n")]
    [InlineData("\n some-jwt \r\n\r\n")]
    public async Task White_space_around_the_token_is_left_out(string text)
    {
        var machine = Machine(text);

        await machine.Token();

        Assert.Equal($"{Form}some-jwt&scope=all-apis", machine.Sent[^1].Body);
    }

    [Theory]
    [InlineData("", "is empty.")]
    [InlineData("\n", "is empty.")]
    [InlineData("one\ntwo", "holds white space inside, so it is no token.")]
    [InlineData(null, "(oidc_token_filepath) cannot be read: No file '/var/run/secrets/token'.")]
    public async Task A_file_without_one_token_is_named(string? text, string reason)
    {
        var machine = Machine(text);

        Assert.Equal(($"Failed: File '{TokenFile}' {reason}", 0), (await machine.Refusal(), machine.Sent.Count));
    }

    [Fact]
    public async Task Without_a_path_it_declines() => Assert.Equal(
        "Declined: oidc_token_filepath (DATABRICKS_OIDC_TOKEN_FILEPATH) not set", await LogIn.MachineFor("file-oidc").Refusal());

    private static FakePlatform Machine(string? text)
    {
        var machine = LogIn.MachineFor("file-oidc").With("DATABRICKS_OIDC_TOKEN_FILEPATH", TokenFile)
            .WithOAuth().Answers(LogIn.TokenEndpoint, LogIn.Answer);
        if (text is not null)
        {
            machine.Files[TokenFile] = text;
        }

        return machine;
    }
}
