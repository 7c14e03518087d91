using System.Net;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Authentication;

/// <summary>
/// A rejected token is refreshed once; the workspace answers an expired one with 401, or with a 403 that names the expiry.
/// </summary>
public class TokenRejectionTests
{
    public static TheoryData<int, string> Rejections => new()
    {
        { 401, "" },
        { 401, """{"error_code":"UNAUTHENTICATED","message":"No."}""" },
        { 403, """{"error_code":403,"message":"Invalid access token."}""" },
        { 403, """{"error_code":"PERMISSION_DENIED","message":"Access token has expired"}""" },
        { 403, "The Token is EXPIRED" },
    };

    [Theory]
    [MemberData(nameof(Rejections))]
    public async Task A_rejected_token_is_renewed_once_and_the_call_sent_again(int status, string body)
    {
        var credential = new CountingCredential("dapi-old", "dapi-new");
        var service = new VerbatimService().Answers(body, (HttpStatusCode)status).Answers(Some.ChatBody);

        var response = await Chat(service, credential).GetResponseAsync(Some.Question());

        Assert.Equal("Hi.", response.Text);
        Assert.Equal(["Bearer dapi-old", "Bearer dapi-new"], service.Sent.Select(sent => sent.Headers["Authorization"]));
        Assert.Equal((1, "dapi-old"), (credential.Given, Assert.Single(credential.Rejected)));
    }

    [Fact]
    public async Task A_retry_renews_no_second_time()
    {
        var credential = new CountingCredential("dapi-old", "dapi-new", "dapi-newest");
        var service = new VerbatimService()
            .Answers("", HttpStatusCode.Unauthorized)
            .Answers("", HttpStatusCode.ServiceUnavailable, headers: ("retry-after", "0"))
            .Answers("", HttpStatusCode.Unauthorized);

        var failure = await Failure.Of(Chat(service, credential, maxRetries: 2));

        Assert.Equal((HttpStatusCode.Unauthorized, 3, 1), (failure.StatusCode!.Value, service.Sent.Count, credential.Rejected.Count));
    }

    [Fact]
    public async Task A_second_rejection_is_final()
    {
        var credential = new CountingCredential("dapi-old", "dapi-new", "dapi-newest");
        var service = new VerbatimService().Answers("", HttpStatusCode.Unauthorized).Answers("", HttpStatusCode.Unauthorized);

        var failure = await Failure.Of(Chat(service, credential, maxRetries: 2));

        Assert.Equal((HttpStatusCode.Unauthorized, 2, 1), (failure.StatusCode!.Value, service.Sent.Count, credential.Rejected.Count));
    }

    [Theory]
    [InlineData(403, """{"error_code":"PERMISSION_DENIED","message":"You need CAN_QUERY."}""")]
    [InlineData(403, "")]
    [InlineData(403, """{"error_code":"PERMISSION_DENIED","message":"The trial has expired."}""")]
    [InlineData(400, """{"error_code":"BAD_REQUEST","message":"Invalid token count."}""")]
    public async Task Another_failure_renews_nothing(int status, string body)
    {
        var credential = new CountingCredential("dapi-old", "dapi-new");
        var service = new VerbatimService().Answers(body, (HttpStatusCode)status);

        await Failure.Of(Chat(service, credential));

        Assert.Equal((1, 0), (service.Sent.Count, credential.Rejected.Count));
    }

    [Fact]
    public async Task A_fixed_token_is_not_sent_twice()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.Unauthorized);

        await Failure.Of(service);

        Assert.Single(service.Sent);
    }

    [Fact]
    public async Task A_provider_is_asked_again_for_a_rejected_token()
    {
        var asked = 0;
        var service = new VerbatimService().Answers("", HttpStatusCode.Unauthorized).Answers(Some.ChatBody);
        var credential = DatabricksCredential.FromTokenProvider(_ => new(new DatabricksAccessToken($"dapi-{++asked}")));

        await Chat(service, credential).GetResponseAsync(Some.Question());

        Assert.Equal(["Bearer dapi-1", "Bearer dapi-2"], service.Sent.Select(sent => sent.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_stream_is_opened_again_with_a_new_token()
    {
        var credential = new CountingCredential("dapi-old", "dapi-new");
        var service = new VerbatimService().Answers("", HttpStatusCode.Unauthorized).Answers(Some.ChatBody);

        Assert.Equal("Hi.", (await Exchange.Collect(Chat(service, credential))).ToChatResponse().Text);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_token_that_expires_on_a_real_connection_is_renewed(int status)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        var endpoint = emulator.AddChatEndpoint("some-endpoint", EmulatedDialect.Llama).ExpiresTokens(status).Replies("Hi.");
        var old = emulator.Token;
        var credential = new CountingCredential(old, emulator.RotateToken());
        var chat = new DatabricksServingClient(emulator.Host, credential).GetChatClient(endpoint.Name);

        var response = await chat.GetResponseAsync(Some.Question());

        Assert.Equal(("Hi.", old), (response.Text, Assert.Single(credential.Rejected)));
    }

    [Fact]
    public async Task A_credential_without_a_token_throws_its_own_exception()
    {
        var refusal = new DatabricksCredentialException("The vault is sealed.");
        var service = new VerbatimService();

        var exception = await Assert.ThrowsAsync<DatabricksCredentialException>(
            () =>
                Chat(service, DatabricksCredential.FromTokenProvider(_ => throw refusal), maxRetries: 2).GetResponseAsync(Some.Question()));

        Assert.Same(refusal, exception);
        Assert.Empty(service.Sent);
    }

    [Fact]
    public async Task A_failed_refresh_throws_its_own_exception()
    {
        var refusal = new DatabricksCredentialException("The vault is sealed.");
        var asked = 0;
        var service = new VerbatimService().Answers("", HttpStatusCode.Unauthorized);
        var credential = DatabricksCredential.FromTokenProvider(
            _ => asked++ == 0 ? new(new DatabricksAccessToken("dapi-old")) : throw refusal);

        var exception = await Assert.ThrowsAsync<DatabricksCredentialException>(
            () => Chat(service, credential).GetResponseAsync(Some.Question()));

        Assert.Same(refusal, exception);
    }

    [Fact]
    public async Task An_empty_token_is_refused_before_anything_is_sent()
    {
        var service = new VerbatimService();

        var exception = await Assert.ThrowsAsync<DatabricksCredentialException>(
            () => Chat(service, DatabricksCredential.FromTokenProvider(_ => default)).GetResponseAsync(Some.Question()));

        Assert.Equal(
            "The credential returned an empty token. A DatabricksCredential must return new DatabricksAccessToken(value).",
            exception.Message);
        Assert.Empty(service.Sent);
    }

    [Fact]
    public async Task A_credential_that_gives_up_is_no_cancellation_of_the_caller()
    {
        var timeout = new TaskCanceledException("The token server did not answer.");
        var credential = DatabricksCredential.FromTokenProvider(_ => throw timeout);

        var exception = await Assert.ThrowsAsync<DatabricksCredentialException>(
            () => Chat(new VerbatimService(), credential).GetResponseAsync(Some.Question()));

        Assert.Equal(
            ("The credential timed out waiting for a token: The token server did not answer.", timeout),
            (exception.Message, exception.InnerException));
    }

    private static IChatClient Chat(VerbatimService service, DatabricksCredential credential, int maxRetries = 0) => service.Chat(options =>
    {
        options.Credential = credential;
        options.RetriesAtOnce(maxRetries);
    });
}
