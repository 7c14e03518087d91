using System.Net;
using Connectors.Databricks.Authentication;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.Tests.Authentication;

/// <summary>Where a token goes, and what becomes of one that the workspace rejects: from the chat down to the token service.</summary>
public class DataPathTests
{
    private const string Host = "https://w.cloud.databricks.com";
    private const string TokenEndpoint = $"{Host}/oidc/v1/token";

    [Theory]
    [InlineData(401, "")]
    [InlineData(403, """{"error_code":403,"message":"Invalid access token."}""")]
    [InlineData(403, """{"error_code":"PERMISSION_DENIED","message":"The token has expired."}""")]
    public async Task A_rejected_token_makes_one_token_request_more(int status, string body)
    {
        var service = new VerbatimService().Answers(body, (HttpStatusCode)status).Answers(Some.ChatBody);
        var machine = Machine();

        var response = await Chat(service, machine).GetResponseAsync(Some.Question());

        Assert.Equal("Hi.", response.Text);
        Assert.Equal(["Bearer token-1", "Bearer token-2"], service.Sent.Select(sent => sent.Headers["Authorization"]));
        Assert.Equal(2, TokenRequests(machine));
    }

    [Theory]
    [InlineData(403, """{"error_code":"PERMISSION_DENIED","message":"You need CAN_QUERY."}""")]
    [InlineData(400, """{"error_code":"BAD_REQUEST","message":"Invalid token count."}""")]
    public async Task Another_refusal_makes_none(int status, string body)
    {
        var machine = Machine();

        await Failure.Of(Chat(new VerbatimService().Answers(body, (HttpStatusCode)status), machine));

        Assert.Equal(1, TokenRequests(machine));
    }

    [Fact]
    public async Task Two_rejections_of_one_call_make_one_token_request_more()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.Unauthorized).Answers("", HttpStatusCode.Unauthorized);
        var machine = Machine();

        await Failure.Of(Chat(service, machine));

        Assert.Equal((2, 2), (service.Sent.Count, TokenRequests(machine)));
    }

    [Theory]
    [InlineData("https://elsewhere.example.com/x")]
    [InlineData("https://w.cloud.databricks.com.example.com/x")]
    [InlineData("https://w.cloud.databricks.com:8443/x")]
    [InlineData("http://w.cloud.databricks.com/x")]
    public void A_token_goes_to_no_other_host(string address)
    {
        var authenticator = RequestAuthenticator.For(
            new DatabricksServingOptions { Host = new Uri(Host), Credential = DatabricksCredential.FromToken("canary") },
            new FakePlatform());
        using var own = new HttpRequestMessage(HttpMethod.Post, new Uri(Host));
        authenticator.Authorize(own, new DatabricksAccessToken("canary"));
        using var request = new HttpRequestMessage(HttpMethod.Post, address);

        var exception = Assert.Throws<InvalidOperationException>(
            () => authenticator.Authorize(request, new DatabricksAccessToken("canary")));

        Assert.Empty(request.Headers);
        Assert.DoesNotContain("canary", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://w.cloud.databricks.com/x")]
    [InlineData("https://W.CLOUD.databricks.com:443/x?y=z")]
    public void A_token_goes_to_its_own_host(string address)
    {
        var authenticator = RequestAuthenticator.For(
            new DatabricksServingOptions { Host = new Uri(Host), Credential = DatabricksCredential.FromToken("t") }, new FakePlatform());
        using var request = new HttpRequestMessage(HttpMethod.Post, address);

        authenticator.Authorize(request, new DatabricksAccessToken("t"));

        Assert.Equal("Bearer t", request.Headers.Authorization?.ToString());
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task A_redirect_gets_neither_prompt_nor_token(string status)
    {
        await using var target = new LoopbackServer();
        await using var server = new LoopbackServer().Answers(status, "", $"Location: {target.Address}elsewhere");
        var options = new DatabricksServingOptions
        {
            Host = server.Address,
            Credential = DatabricksCredential.FromToken("t"),
            Resilience = { Retry = null },
        };
        var chat = new DatabricksServingClient(options, new FakePlatform()).GetChatClient("some-endpoint");

        var failure = await Failure.Of(chat);

        Assert.Equal(status[..3], ((int)failure.StatusCode!).ToString(null as IFormatProvider));
        Assert.Equal((1, 0), (server.Requests.Count, target.Requests.Count));
    }

    [Theory]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    public async Task A_redirect_that_a_client_of_the_users_follows_takes_no_token_along(string status)
    {
        await using var target = new LoopbackServer().Answers("200 OK", "{}", "Content-Type: application/json");
        await using var server = new LoopbackServer().Answers(status, "", $"Location: {target.Address}elsewhere");
        using var http = new HttpClient();
        var options = new DatabricksServingOptions
        {
            Host = server.Address, Credential = DatabricksCredential.FromToken("canary-token"), HttpClient = http,
            Resilience = { Retry = null },
        };
        await Failure.Of(new DatabricksServingClient(options, new FakePlatform()).GetChatClient("some-endpoint"));

        Assert.Contains("canary-token", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.DoesNotContain("canary-token", Assert.Single(target.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_by_the_client_of_an_app_either()
    {
        await using var target = new LoopbackServer();
        await using var server = new LoopbackServer().Answers("307 Temporary Redirect", "", $"Location: {target.Address}elsewhere");
        var services = new ServiceCollection();
        services.AddDatabricksServing(options =>
            (options.Host, options.Credential, options.Resilience.Retry) = (server.Address, DatabricksCredential.FromToken("t"), null));
        await using var provider = services.BuildServiceProvider();

        await Failure.Of(provider.GetRequiredService<DatabricksServingClient>().GetChatClient("some-endpoint"));

        Assert.Equal((1, 0), (server.Requests.Count, target.Requests.Count));
    }

    private static int TokenRequests(FakePlatform machine) => machine.Sent.Count(sent => sent.Address == TokenEndpoint);

    private static FakePlatform Machine() => new FakePlatform()
        .With("DATABRICKS_HOST", Host).With("DATABRICKS_CLIENT_ID", "id").With("DATABRICKS_CLIENT_SECRET", "secret")
        .Answers($"{Host}/.well-known/databricks-config", "{}", HttpStatusCode.NotFound)
        .Answers($"{Host}/oidc/.well-known/oauth-authorization-server", $$"""{"token_endpoint":"{{TokenEndpoint}}"}""")
        .Answers(TokenEndpoint, """{"access_token":"token-1","expires_in":3600}""")
        .Answers(TokenEndpoint, """{"access_token":"token-2","expires_in":3600}""");

    private static IChatClient Chat(VerbatimService service, FakePlatform machine)
    {
        var options = new DatabricksServingOptions
        {
            HttpClient = new HttpClient(service, disposeHandler: false),
            Resilience = { Retry = null },
            TimeProvider = machine.Clock,
        };
        return new DatabricksServingClient(options, machine).GetChatClient(VerbatimService.EndpointName);
    }
}
