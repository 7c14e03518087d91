using System.Net;
using Connectors.Databricks.Authentication;
using Connectors.Databricks.Tests.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.Tests.Authentication;

/// <summary>Credential sources that do not apply or do not work (authentication reference §5, §9).</summary>
public class StrategyChainTests
{
    private const string Host = "https://w.cloud.databricks.com";
    private const string TokenEndpoint = $"{Host}/oidc/v1/token";
    private const string WrongSecret = """{"error":"invalid_client","error_description":"Client authentication failed for dose-secret"}""";
    private const string Token = """{"access_token":"some-access-token","token_type":"Bearer","expires_in":3600}""";

    private static readonly (string AuthType, string Reason)[] Declined =
    [
        ("pat", "token (DATABRICKS_TOKEN) not set"),
        ("basic", "username (DATABRICKS_USERNAME) and password (DATABRICKS_PASSWORD) not set"),
        ("oauth-m2m", "client_id (DATABRICKS_CLIENT_ID) and client_secret (DATABRICKS_CLIENT_SECRET) not set"),
        ("databricks-cli", "databricks CLI not found on the PATH"),
        ("metadata-service", "metadata_service_url (DATABRICKS_METADATA_SERVICE_URL) not set"),
        ("github-oidc",
            "actions_id_token_request_url (ACTIONS_ID_TOKEN_REQUEST_URL) and actions_id_token_request_token " +
            "(ACTIONS_ID_TOKEN_REQUEST_TOKEN) not set"),
        ("azure-devops-oidc",
            "environment variable SYSTEM_ACCESSTOKEN and SYSTEM_TEAMFOUNDATIONCOLLECTIONURI and SYSTEM_TEAMPROJECTID and SYSTEM_PLANID " +
            "and SYSTEM_JOBID and SYSTEM_HOSTTYPE not set"),
        ("env-oidc", "environment variable DATABRICKS_OIDC_TOKEN not set"),
        ("file-oidc", "oidc_token_filepath (DATABRICKS_OIDC_TOKEN_FILEPATH) not set"),
        ("github-oidc-azure",
            "azure_client_id (ARM_CLIENT_ID) and actions_id_token_request_url (ACTIONS_ID_TOKEN_REQUEST_URL) and " +
            "actions_id_token_request_token (ACTIONS_ID_TOKEN_REQUEST_TOKEN) not set"),
        ("azure-msi", "azure_use_msi (ARM_USE_MSI) is not true"),
        ("azure-client-secret", "azure_client_id (ARM_CLIENT_ID) and azure_client_secret (ARM_CLIENT_SECRET) not set"),
        ("azure-cli", "the workspace is not an Azure one; set DATABRICKS_CLOUD=azure if it is behind a private name"),
        ("model-serving", "this is not a container of Model Serving"),
    ];

    public static TheoryData<string, string> DeclinedOnes()
    {
        var data = new TheoryData<string, string>();
        foreach (var (authType, reason) in Declined)
        {
            data.Add(authType, reason);
        }

        return data;
    }

    [Fact]
    public async Task When_nothing_is_configured_the_message_says_of_each_why_and_what_to_do()
    {
        var failure = await Failure(new FakePlatform().With("DATABRICKS_HOST", Host));

        Assert.Equal(
            "No authentication type returned a token. Tried in order of precedence:\n" +
            string.Concat(Declined.Select(item => $"  {item.AuthType}: not used: {item.Reason}\n")) +
            "To log in as a user, run 'databricks auth login --host https://w.cloud.databricks.com'; " +
            "for other authentication types see https://docs.databricks.com/dev-tools/auth/unified-auth.html. " +
            "Configured: host=https://w.cloud.databricks.com (from environment variable DATABRICKS_HOST).",
            failure.Message);
        Assert.Equal(DatabricksCredentialFailure.NoCredentials, failure.Failure);
        Assert.Equal(
            Declined.Select(item => new DatabricksCredentialAttempt(item.AuthType, DatabricksCredentialOutcome.Declined, item.Reason)),
            failure.Attempts);
        Assert.Equal([new("host", Host, "environment variable DATABRICKS_HOST")], failure.Settings);
        Assert.Empty(failure.ConflictingMethods);
    }

    [Theory]
    [MemberData(nameof(DeclinedOnes))]
    public async Task A_forced_one_that_lacks_something_says_what(string authType, string reason)
    {
        var failure = await Failure(new FakePlatform().With("DATABRICKS_HOST", Host).With("DATABRICKS_AUTH_TYPE", authType));

        Assert.Equal(
            $"Authentication type '{authType}' is not configured: {reason}. " +
            "Configured: host=https://w.cloud.databricks.com (from environment variable DATABRICKS_HOST), " +
            $"auth_type={authType} (from environment variable DATABRICKS_AUTH_TYPE).",
            failure.Message);
        Assert.Equal(DatabricksCredentialFailure.NotConfigured, failure.Failure);
        Assert.Equal([new(authType, DatabricksCredentialOutcome.Declined, reason)], failure.Attempts);
    }

    [Theory]
    [InlineData("azure-msi")]
    [InlineData("azure-client-secret")]
    [InlineData("github-oidc-azure")]
    public async Task A_forced_one_of_Azure_is_not_used_elsewhere(string authType)
    {
        var machine = Everything().With("DATABRICKS_AUTH_TYPE", authType);

        Assert.Equal(DatabricksCredentialFailure.NotConfigured, (await Failure(machine)).Failure);
        Assert.Empty(machine.Sent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("oauth-m2m")]
    public async Task One_that_fails_says_why_and_shows_no_secret(string authType)
    {
        var machine = Principal().With("DATABRICKS_AUTH_TYPE", authType).Answers(TokenEndpoint, WrongSecret, HttpStatusCode.Unauthorized);

        var failure = await Failure(machine);

        const string Reason =
            "Requesting a token for the service principal: https://w.cloud.databricks.com/oidc/v1/token returned 401 Unauthorized: " +
            "invalid_client: Client authentication failed for ***. Check client_id and client_secret: OAuth secrets expire, and are " +
            "created on the service principal's Secrets tab.";
        Assert.Equal(DatabricksCredentialFailure.ProviderFailed, failure.Failure);
        Assert.Equal(
            new DatabricksCredentialAttempt("oauth-m2m", DatabricksCredentialOutcome.Failed, Reason),
            failure.Attempts.Single(attempt => attempt.Outcome != DatabricksCredentialOutcome.Declined));
        Assert.Equal(authType.Length == 0 ? 14 : 1, failure.Attempts.Count);
        Assert.Contains(
            authType.Length == 0 ? $"\n  oauth-m2m: FAILED: {Reason}\n" : $"Authentication type 'oauth-m2m' failed: {Reason} Configured: ",
            failure.Message, StringComparison.Ordinal);
        Assert.Equal("***", failure.Settings.Single(setting => setting.Name == "client_secret").Value);
        Assert.DoesNotContain("dose-secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_one_that_fails_the_next_is_tried_and_the_log_warns()
    {
        var log = new FakeLogger();
        var machine = Principal().Answers(TokenEndpoint, WrongSecret, HttpStatusCode.Unauthorized);
        machine.With("IS_IN_DB_MODEL_SERVING_ENV", "true").Files["/var/credentials-secret/model-dependencies-oauth-token"] =
            """{"OAUTH_TOKEN":[{"oauthTokenValue":"served"}]}""";
        var credential = new UnifiedCredential(Resolve.On(machine), machine, log);

        var token = await credential.GetTokenAsync();

        Assert.Equal(("served", "model-serving"), (token.Value, credential.AuthType));
        Assert.Equal(
            (14, DatabricksCredentialOutcome.Failed,
                new DatabricksCredentialAttempt("model-serving", DatabricksCredentialOutcome.Selected, "returned a token")),
            (credential.Selection!.Attempts.Count, credential.Selection.Attempts[2].Outcome, credential.Selection.Attempts[^1]));
        Assert.Equal(
            [
                $"Warning: Authentication 'oauth-m2m' failed; the next one is tried: {credential.Selection.Attempts[2].Reason}",
                $"Information: Authentication 'model-serving' is used for {Host}.",
            ],
            log.Collector.Shown());
    }

    [Fact]
    public async Task A_pick_that_failed_is_not_remembered()
    {
        var machine = Principal().Answers(TokenEndpoint, WrongSecret, HttpStatusCode.Unauthorized).Answers(TokenEndpoint, Token);
        var credential = Credential(machine);

        await Assert.ThrowsAsync<DatabricksCredentialException>(() => credential.GetTokenAsync().AsTask());

        Assert.Equal("some-access-token", (await credential.GetTokenAsync()).Value);
        Assert.Equal("oauth-m2m", credential.AuthType);
    }

    [Fact]
    public async Task A_hundred_first_calls_make_one_pick()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        var machine = Principal().Answers(TokenEndpoint, _ => answer.Task);
        var credential = Credential(machine);

        var calls = Enumerable.Range(0, 100).Select(_ => Task.Run(() => credential.GetTokenAsync().AsTask())).ToList();
        answer.SetResult(new HttpResponseMessage { Content = new StringContent(Token) });
        var tokens = await Task.WhenAll(calls);

        Assert.All(tokens, token => Assert.Equal("some-access-token", token.Value));
        Assert.Single(machine.Sent, sent => sent.Address == TokenEndpoint);
    }

    [Fact]
    public async Task A_call_that_comes_just_as_the_pick_ends_makes_no_second_one()
    {
        for (var round = 0; round < 200; round++)
        {
            var machine = Principal().Answers(TokenEndpoint, Token);
            var credential = Credential(machine);

            await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => credential.GetTokenAsync().AsTask())));

            Assert.Single(machine.Sent, sent => sent.Address == TokenEndpoint);
        }
    }

    [Theory]
    [InlineData(null, "all-apis")]
    [InlineData("", "all-apis")]
    [InlineData(" , ", "all-apis")]
    [InlineData("sql", "sql")]
    [InlineData(" sql , all-apis,,sql", "all-apis+sql")]
    [InlineData("b,B,a", "B+a+b")]
    public async Task Scopes_are_trimmed_sorted_and_each_sent_once(string? scopes, string sent)
    {
        var machine = Principal().Answers(TokenEndpoint, Token).With("DATABRICKS_CONFIG_PROFILE", "p")
            .ConfigFile($"[p]\ncloud=AWS\nscopes={scopes}");

        await Credential(machine).GetTokenAsync();

        Assert.Equal($"grant_type=client_credentials&scope={sent}", machine.Sent[^1].Body);
    }

    [Fact]
    public async Task Scopes_of_code_are_a_list()
    {
        var machine = Principal().Answers(TokenEndpoint, Token);

        await new UnifiedCredential(
            Resolve.On(machine, options => options.Authentication.Scopes = ["sql", " sql", "model-serving"]), machine,
            new FakeLogger()).GetTokenAsync();

        Assert.Equal("grant_type=client_credentials&scope=model-serving+sql", machine.Sent[^1].Body);
    }

    private static FakePlatform Principal() => new FakePlatform().With("DATABRICKS_HOST", Host)
        .With("DATABRICKS_CLIENT_ID", "some-client").With("DATABRICKS_CLIENT_SECRET", "dose-secret")
        .Answers($"{Host}/.well-known/databricks-config", "", HttpStatusCode.NotFound)
        .Answers($"{Host}/oidc/.well-known/oauth-authorization-server", $$"""{"token_endpoint":"{{TokenEndpoint}}"}""");

    private static FakePlatform Everything() => new FakePlatform()
        .With("DATABRICKS_HOST", Host).With("ARM_CLIENT_ID", "c").With("ARM_CLIENT_SECRET", "s")
        .With("ARM_TENANT_ID", "t").With("ARM_USE_MSI", "true").With("ACTIONS_ID_TOKEN_REQUEST_URL", "https://g")
            .With("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "g");

    private static UnifiedCredential Credential(FakePlatform machine) => new(Resolve.On(machine), machine, new FakeLogger());

    private static Task<DatabricksCredentialException> Failure(FakePlatform machine) =>
        Assert.ThrowsAsync<DatabricksCredentialException>(() => Credential(machine).GetTokenAsync().AsTask());
}
