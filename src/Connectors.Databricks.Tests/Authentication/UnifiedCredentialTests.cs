using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.Tests.Authentication;

/// <summary>The chain, its cache and the one who asks them, together: what a call costs, and what many calls at once do.</summary>
public class UnifiedCredentialTests
{
    private const string Host = "https://w.cloud.databricks.com";
    private const string TokenEndpoint = $"{Host}/oidc/v1/token";

    private readonly FakePlatform _machine = new FakePlatform()
        .With("DATABRICKS_HOST", Host).With("DATABRICKS_CLIENT_ID", "id").With("DATABRICKS_CLIENT_SECRET", "secret")
        .Answers($"{Host}/.well-known/databricks-config", "{}", System.Net.HttpStatusCode.NotFound)
        .Answers($"{Host}/oidc/.well-known/oauth-authorization-server", $$"""{"token_endpoint":"{{TokenEndpoint}}"}""");

    [Fact]
    public async Task A_fresh_token_costs_no_memory()
    {
        _machine.Answers(TokenEndpoint, """{"access_token":"t","expires_in":3600}""");
        var credential = Credential();
        using var log = new FakeLoggerFactory();
        var authenticator = RequestAuthenticator.For(
            new DatabricksServingOptions { Credential = credential, LoggerFactory = log }, _machine);
        for (var i = 0; i < 100; i++)
        {
            await credential.GetTokenAsync();
            await authenticator.GetTokenAsync(CancellationToken.None);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var isCompleted = true;
        for (var i = 0; i < 1_000; i++)
        {
            isCompleted &= IsCompleted(credential.GetTokenAsync());
            isCompleted &= IsCompleted(authenticator.GetTokenAsync(CancellationToken.None));
        }

        Assert.Equal((true, 0), (isCompleted, GC.GetAllocatedBytesForCurrentThread() - before));
    }

    [Fact]
    public async Task A_hundred_first_calls_make_one_token_request()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _machine.Answers(TokenEndpoint, _ => answer.Task);
        var credential = Credential();
        var calls = Enumerable.Range(0, 100).Select(_ => credential.GetTokenAsync().AsTask()).ToArray();

        answer.SetResult(new HttpResponseMessage { Content = new StringContent("""{"access_token":"t","expires_in":3600}""") });

        Assert.All(await Task.WhenAll(calls), token => Assert.Equal("t", token.Value));
        Assert.Equal(3, _machine.Sent.Count);
    }

    [Fact]
    public async Task A_failed_selection_is_repeated_by_the_next_call()
    {
        _machine.Answers(TokenEndpoint, """{"error":"invalid_client"}""", System.Net.HttpStatusCode.Unauthorized)
            .Answers(TokenEndpoint, """{"access_token":"t","expires_in":3600}""");
        var credential = Credential();
        await Assert.ThrowsAsync<DatabricksCredentialException>(() => credential.GetTokenAsync().AsTask());

        Assert.Equal("t", (await credential.GetTokenAsync()).Value);
    }

    [Theory]
    [InlineData("""{"access_token":"\ud800","expires_in":3600}""")]
    [InlineData("""{"access_token":"t\u0000","expires_in":3600}""")]
    public async Task An_unexpected_answer_is_a_failure_of_the_credential_source(string answer)
    {
        _machine.Answers(TokenEndpoint, answer);

        var exception = await Assert.ThrowsAsync<DatabricksCredentialException>(() => Credential().GetTokenAsync().AsTask());

        Assert.Equal(
            (DatabricksCredentialFailure.ProviderFailed, DatabricksCredentialOutcome.Failed),
            (exception.Failure, exception.Attempts.Single(attempt => attempt.AuthType == "oauth-m2m").Outcome));
    }

    [Fact]
    public async Task The_first_callers_cancellation_does_not_end_the_pick_for_the_second()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _machine.Answers(TokenEndpoint, stop => answer.Task.WaitAsync(stop));
        var credential = Credential();
        using var cancellation = new CancellationTokenSource();
        var first = credential.GetTokenAsync(cancellation.Token).AsTask();
        var second = credential.GetTokenAsync().AsTask();

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        answer.SetResult(new HttpResponseMessage { Content = new StringContent("""{"access_token":"t","expires_in":3600}""") });

        Assert.Equal("t", (await second).Value);
    }

    private static bool IsCompleted(ValueTask<DatabricksAccessToken> token) => token.IsCompletedSuccessfully;

    private UnifiedCredential Credential() =>
        new(SettingsResolver.Resolve([], hasCredential: false, _machine), _machine, new FakeLogger());
}
