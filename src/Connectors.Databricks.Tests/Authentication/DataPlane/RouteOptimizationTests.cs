using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Authentication.DataPlane;

/// <summary>Route-optimized endpoints answer at an address of their own, and take tokens made for them.</summary>
public class RouteOptimizationTests
{
    private const string Endpoint = "databricks-meta-llama-3-3-70b-instruct";

    private const string Exchange = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    [Fact]
    public async Task A_route_optimized_endpoint_is_called_at_its_own_address()
    {
        await using var emulator = await Optimized();

        var response = await Chat(emulator).GetResponseAsync("Say \"there\".");

        Assert.Equal("there", response.Text);
        var last = emulator.Requests[^1];
        Assert.Equal(emulator.Endpoint(Endpoint).EndpointUrl!.AbsolutePath, last.Path);
    }

    [Fact]
    public async Task A_stream_goes_there_too()
    {
        await using var emulator = await Optimized();

        var response = await Chat(emulator).GetStreamingResponseAsync("Say \"there\".").ToChatResponseAsync();

        Assert.Equal("there", response.Text);
    }

    [Fact]
    public async Task Address_and_token_are_asked_for_once()
    {
        await using var emulator = await Optimized();
        var chat = Chat(emulator);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => chat.GetResponseAsync("Hello!")));

        Assert.Single(emulator.Requests, request => request.Path == $"/api/2.0/serving-endpoints/{Endpoint}");
        Assert.Single(emulator.OAuth.TokenEndpoint.Requests, request => request.Form!["grant_type"] == Exchange);
        Assert.Single(emulator.OAuth.TokenEndpoint.Requests, request => request.Form!["grant_type"] == "client_credentials");
    }

    [Fact]
    public async Task The_exchange_sends_the_workspace_token_in_its_body_and_no_other_credential()
    {
        await using var emulator = await Optimized();

        await Chat(emulator).GetResponseAsync("Hello!");

        var exchange = Assert.Single(emulator.OAuth.TokenEndpoint.Requests, request => request.Form!["grant_type"] == Exchange);
        Assert.Equal(["assertion", "authorization_details", "grant_type"], exchange.Form!.Keys.Order());
        Assert.Equal(emulator.OAuth.IssuedTokens[0], exchange.Form["assertion"]);
        Assert.False(exchange.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task A_rejected_token_of_the_endpoint_is_replaced_once()
    {
        await using var emulator = await Optimized();
        var chat = Chat(emulator);
        await chat.GetResponseAsync("Hello!");

        // The workspace's own token is revoked with it, so the first exchange is refused, too.
        emulator.OAuth.RevokeTokens();
        var response = await chat.GetResponseAsync("Say \"still here\".");

        Assert.Equal("still here", response.Text);
        Assert.Equal(4, emulator.OAuth.IssuedTokens.Count);
    }

    [Fact]
    public async Task Other_endpoints_are_called_at_the_workspace()
    {
        await using var emulator = await Optimized();

        var chat = Client(emulator).GetChatClient("databricks-claude-sonnet-4-5");
        await chat.GetResponseAsync("Hello!");
        await chat.GetResponseAsync("Hello again!");

        Assert.Equal("/serving-endpoints/databricks-claude-sonnet-4-5/invocations", emulator.Requests[^1].Path);
        Assert.Single(emulator.Requests, request => request.Path == "/api/2.0/serving-endpoints/databricks-claude-sonnet-4-5");
    }

    [Fact]
    public async Task An_endpoint_that_does_not_exist_is_the_call_s_own_failure()
    {
        await using var emulator = await Optimized();

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Client(emulator).GetChatClient("no-such-endpoint").GetResponseAsync("Hello!"));

        Assert.Equal(System.Net.HttpStatusCode.NotFound, exception.StatusCode);
    }

    [Fact]
    public async Task A_personal_access_token_is_refused_with_what_to_do()
    {
        await using var emulator = await Optimized();
        var options = Options(emulator);
        options.Authentication = new();
        options.Credential = DatabricksCredential.FromToken(emulator.Token);

        var exception = await Assert.ThrowsAsync<DatabricksCredentialException>(
            () => Client(options).GetChatClient(Endpoint).GetResponseAsync("Hello!"));

        Assert.Equal(DatabricksCredentialFailure.NotConfigured, exception.Failure);
        Assert.Equal(
            $"Endpoint '{Endpoint}' is route-optimized and requires OAuth tokens, and 'pat' has none. " +
            "Use oauth-m2m or another OAuth authentication type, or disable UseRouteOptimization if the workspace still " +
            "serves the endpoint.",
            exception.Message);
    }

    [Fact]
    public async Task Without_the_option_no_address_is_requested_and_the_workspace_is_called()
    {
        await using var emulator = await Optimized();
        var options = Options(emulator);
        options.UseRouteOptimization = false;

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Client(options).GetChatClient(Endpoint).GetResponseAsync("Hello!"));

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, exception.StatusCode);
        Assert.DoesNotContain(emulator.Requests, request => request.Path.StartsWith("/api/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(""" "[{\"type\":\"t\"}]" """)]
    [InlineData("""[{"type":"t"}]""")]
    public async Task The_details_are_sent_back_as_a_text_whether_they_came_as_a_text_or_as_JSON(string details)
    {
        var machine = new FakePlatform()
            .Answers(
                "https://some-workspace.cloud.databricks.com/api/2.0/serving-endpoints/some-endpoint",
                $$$"""{"data_plane_info":{"query_info":{"endpoint_url":"https://elsewhere.example/x","authorization_details":{{{details}}} } } }""")
            .Answers("https://some-workspace.cloud.databricks.com/oidc/v1/token", LogIn.Answer);
        var service = new VerbatimService().Answers(Some.ChatBody);
        var options = service.Options(options =>
        {
            options.UseRouteOptimization = true;
            options.Credential = DatabricksCredential.FromTokenProvider(_ => new(new DatabricksAccessToken("a-token")));
        });

        await new DatabricksServingClient(options, machine).GetChatClient("some-endpoint").GetResponseAsync("Hello!");

        Assert.Contains("authorization_details=%5B%7B%22type%22%3A%22t%22%7D%5D&", machine.Sent[1].Body, StringComparison.Ordinal);
        Assert.Equal("https://elsewhere.example/x", Assert.Single(service.Sent).Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("http://elsewhere.example/x")]
    [InlineData("file:///x")]
    [InlineData("ftp://localhost/x")]
    public async Task An_address_in_clear_text_is_refused(string address)
    {
        var machine = new FakePlatform().Answers(
            "https://some-workspace.cloud.databricks.com/api/2.0/serving-endpoints/some-endpoint",
            $$$"""{"data_plane_info":{"query_info":{"endpoint_url":"{{{address}}}","authorization_details":"[]"} } }""");
        var service = new VerbatimService();
        var options = service.Options(options =>
        {
            options.UseRouteOptimization = true;
            options.Credential = DatabricksCredential.FromTokenProvider(_ => new(new DatabricksAccessToken("a-token")));
        });

        var exception = await Assert.ThrowsAsync<DatabricksCredentialException>(
            () => new DatabricksServingClient(options, machine).GetChatClient("some-endpoint").GetResponseAsync("Hello!"));

        Assert.Equal(
            $"Requesting the data plane URL of the endpoint: {address} does not use https, and tokens are not sent in clear text.",
            exception.Message);
        Assert.Empty(service.Sent);
    }

    private static async Task<DatabricksEmulator> Optimized()
    {
        var emulator = await DatabricksEmulator.StartAsync();
        emulator.Endpoint(Endpoint).OptimizesRoutes();
        return emulator;
    }

    private static IChatClient Chat(DatabricksEmulator emulator) => Client(emulator).GetChatClient(Endpoint);

    private static DatabricksServingClient Client(DatabricksEmulator emulator) => Client(Options(emulator));

    private static DatabricksServingClient Client(DatabricksServingOptions options) =>
        new(options, new IsolatedPlatform(TimeProvider.System));

    private static DatabricksServingOptions Options(DatabricksEmulator emulator) => new()
    {
        Host = emulator.Host,
        Authentication = { AuthType = "oauth-m2m", ClientId = emulator.ClientId, ClientSecret = emulator.ClientSecret },
        UseRouteOptimization = true,
        Resilience = { Retry = null },
    };
}
