using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Sources;

/// <summary>The token that Model Serving puts into its containers (authentication reference §6.12).</summary>
public class ModelServingCredentialSourceTests
{
    private const string TokenFile = "/var/credentials-secret/model-dependencies-oauth-token";
    private const string Reading = $"Reading the model serving token from {TokenFile} failed: ";

    [Theory]
    [InlineData("IS_IN_DB_MODEL_SERVING_ENV")]
    [InlineData("IS_IN_DATABRICKS_MODEL_SERVING_ENV")]
    public async Task The_token_is_the_first_of_the_file(string flag)
    {
        var machine = LogIn.MachineFor("model-serving").With(flag, "true");
        machine.Files[TokenFile] = """{"OAUTH_TOKEN":[{"oauthTokenValue":"some-token"},{"oauthTokenValue":"other-token"}]}""";

        Assert.Equal(("some-token", 0), ((await machine.Token()).Value, machine.Sent.Count));
    }

    [Theory]
    [InlineData(
        "DATABRICKS_MODEL_SERVING_HOST_URL", "https://a.cloud.databricks.com", "DB_MODEL_SERVING_HOST_URL",
        "https://b.cloud.databricks.com", "https://a.cloud.databricks.com/")]
    [InlineData(
        "DB_MODEL_SERVING_HOST_URL", "https://b.cloud.databricks.com", "DATABRICKS_MODEL_SERVING_HOST_URL", "",
        "https://b.cloud.databricks.com/")]
    [InlineData("DB_MODEL_SERVING_HOST_URL", "b.cloud.databricks.com/", "X", "", "https://b.cloud.databricks.com/")]
    [InlineData(
        "DATABRICKS_HOST", "https://c.cloud.databricks.com", "DATABRICKS_MODEL_SERVING_HOST_URL", "https://a.cloud.databricks.com",
        "https://c.cloud.databricks.com/")]
    public async Task The_host_comes_from_the_container_when_none_is_set(
        string name, string value, string otherName, string otherValue, string host)
    {
        var machine = new FakePlatform().With("IS_IN_DB_MODEL_SERVING_ENV", "true").With(name, value).With(otherName, otherValue);
        machine.Files[TokenFile] = File("some-token");

        var credential = machine.Credential();

        Assert.Equal((host, "some-token"), (credential.Host?.AbsoluteUri, (await credential.GetTokenAsync()).Value));
    }

    [Fact]
    public async Task The_file_is_read_again_after_300_seconds()
    {
        var machine = Machine("first");
        var credential = machine.Credential();
        var tokens = new List<string> { (await credential.GetTokenAsync()).Value };
        machine.Files[TokenFile] = File("second");

        machine.Clock.Advance(TimeSpan.FromSeconds(300));
        tokens.Add((await credential.GetTokenAsync()).Value);
        machine.Clock.Advance(TimeSpan.FromTicks(1));
        tokens.Add((await credential.GetTokenAsync()).Value);

        Assert.Equal(["first", "first", "second"], tokens);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_tried_once_more_after_half_a_second()
    {
        var machine = Machine("some-token");
        machine.Files[TokenFile] = "{";

        var token = machine.Token();
        await Task.WhenAny(token, machine.Clock.TimerWithin(TimeSpan.FromSeconds(0.5)));
        machine.Clock.Advance(TimeSpan.FromSeconds(0.499));
        Assert.False(token.IsCompleted);
        machine.Files[TokenFile] = File("some-token");
        machine.Clock.Advance(TimeSpan.FromSeconds(0.001));

        Assert.Equal("some-token", (await token).Value);
    }

    [Theory]
    [InlineData("{", "it is not JSON")]
    [InlineData("", "it is not JSON")]
    [InlineData("[]", "it has no OAUTH_TOKEN with an 'oauthTokenValue'")]
    [InlineData("{}", "it has no OAUTH_TOKEN with an 'oauthTokenValue'")]
    [InlineData("""{"OAUTH_TOKEN":[]}""", "it has no OAUTH_TOKEN with an 'oauthTokenValue'")]
    [InlineData("""{"OAUTH_TOKEN":{}}""", "it has no OAUTH_TOKEN with an 'oauthTokenValue'")]
    [InlineData("""{"OAUTH_TOKEN":["x"]}""", "it has no OAUTH_TOKEN with an 'oauthTokenValue'")]
    [InlineData("""{"OAUTH_TOKEN":[{}]}""", "it has no OAUTH_TOKEN with an 'oauthTokenValue'")]
    [InlineData("""{"OAUTH_TOKEN":[{"oauthTokenValue":""}]}""", "it has no OAUTH_TOKEN with an 'oauthTokenValue'")]
    [InlineData("""{"OAUTH_TOKEN":[{"oauthTokenValue":"a b"}]}""", "its token has characters that no token has")]
    public async Task A_file_that_stays_unreadable_is_named(string text, string reason)
    {
        var machine = Machine("some-token");
        machine.Files[TokenFile] = text;

        var refusal = machine.Refusal();
        await Task.WhenAny(refusal, machine.Clock.TimerWithin(TimeSpan.FromSeconds(0.5)));
        machine.Clock.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Equal($"Failed: {Reading}{reason}", await refusal);
    }

    [Theory]
    [InlineData("false", true)]
    [InlineData("True", true)]
    [InlineData("1", true)]
    [InlineData("", true)]
    [InlineData("true", false)]
    public async Task Without_the_flag_or_the_file_it_declines(string flag, bool hasFile)
    {
        var machine = Machine("some-token").With("IS_IN_DB_MODEL_SERVING_ENV", flag);
        if (!hasFile)
        {
            machine.Files.Remove(TokenFile);
        }

        Assert.Equal("Declined: this is not a container of Model Serving", await machine.Refusal());
    }

    private static string File(string token) => $$"""{"OAUTH_TOKEN":[{"oauthTokenValue":"{{token}}"}]}""";

    private static FakePlatform Machine(string token)
    {
        var machine = LogIn.MachineFor("model-serving").With("IS_IN_DB_MODEL_SERVING_ENV", "true");
        machine.Files[TokenFile] = File(token);
        return machine;
    }
}
