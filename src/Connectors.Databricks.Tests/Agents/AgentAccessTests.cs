using System.Net;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>Where tokens are sent, who may use an app, and which continuation tokens are accepted.</summary>
public class AgentAccessTests
{
    [Fact]
    public async Task A_personal_access_token_is_rejected_before_a_request()
    {
        await using var workspace = await OpenAsync();
        var agent = workspace.Serving(options => options.Credential = DatabricksCredential.FromToken(workspace.Emulator.Token))
            .GetAgentClient(AgentWorkspace.AgentName);

        var exception = await Assert.ThrowsAsync<DatabricksCredentialException>(() => agent.GetResponseAsync(Some.Question()));

        Assert.Contains("OAuth", exception.Message, StringComparison.Ordinal);
        Assert.Empty(workspace.App.Requests);
    }

    [Fact]
    public async Task A_redirect_is_a_failed_login_and_is_not_followed()
    {
        await using var workspace = await OpenAsync();
        workspace.App.RequiresLogin();

        var exception = await Failure.Of(workspace.Agent());

        Assert.Equal((DatabricksServingErrorKind.Unauthenticated, HttpStatusCode.Found), (exception.Kind, exception.StatusCode));
        Assert.Contains("OAuth tokens only", exception.Message, StringComparison.Ordinal);
        Assert.Single(workspace.App.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_redirect_that_the_HTTP_client_of_the_app_follows_is_a_failed_login(bool isPolled)
    {
        await using var workspace = await OpenAsync();
        using var http = new HttpClient();
        var agent = workspace.Agent(options => options.HttpClient = http);
        var started = await agent.GetResponseAsync(AgentWorkspace.Say("ok"), AgentWorkspace.Background());
        workspace.App.RequiresLogin();

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => isPolled
            ? agent.GetResponseAsync([], AgentWorkspace.Background(started.ContinuationToken))
            : agent.GetResponseAsync(AgentWorkspace.Say("ok")));

        Assert.Equal((DatabricksServingErrorKind.Unauthenticated, HttpStatusCode.Found), (exception.Kind, exception.StatusCode));
        Assert.Contains("OAuth tokens only", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, workspace.App.Requests.Count);
    }

    [Fact]
    public async Task Without_permission_the_hint_names_it()
    {
        await using var workspace = await OpenAsync();
        workspace.App.DeniesUse();

        var exception = await Failure.Of(workspace.Agent());

        Assert.Equal(DatabricksServingErrorKind.PermissionDenied, exception.Kind);
        Assert.Contains("CAN_USE", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_does_not_exist_is_reported_by_name()
    {
        await using var workspace = await OpenAsync();

        var exception = await Failure.Of(workspace.Serving().GetAgentClient("apps/other"));

        Assert.Contains("app 'other'", exception.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, exception.StatusCode);
    }

    [Fact]
    public async Task An_app_is_called_by_its_address_without_a_lookup()
    {
        await using var workspace = await OpenAsync();

        var response = await workspace.Serving().GetAgentClient(workspace.App.Url).GetResponseAsync(AgentWorkspace.Say("ok"));

        Assert.Equal("ok", response.Text);
        Assert.DoesNotContain(workspace.Emulator.Requests, request => request.Path.Contains("/apps/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_address_is_looked_up_once()
    {
        await using var workspace = await OpenAsync();
        var agent = workspace.Agent();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => agent.GetResponseAsync(AgentWorkspace.Say("ok"))));

        Assert.Single(workspace.Emulator.Requests, request => request.Path == "/api/2.0/apps/my-agent");
        Assert.Equal(5, workspace.App.Runs.Count);
    }

    [Theory]
    [InlineData("http://my-agent.aws.databricksapps.com", "does not use https")]
    [InlineData("https://user@my-agent.aws.databricksapps.com", "contains a user name")]
    [InlineData("https://my-agent.aws.databricksapps.com/path", "has a path")]
    [InlineData("ftp://127.0.0.1", "does not use https")]
    public async Task An_address_that_tokens_may_not_be_sent_to_is_rejected(string address, string reason)
    {
        var service = new VerbatimService().Answers($$"""{"name":"my-agent","url":"{{address}}"}""");

        var given = Assert.Throws<ArgumentException>(() => service.Client().GetAgentClient(new Uri(address)));
        var found = await Failure.Of(service.Client().GetAgentClient(AgentWorkspace.AgentName));

        Assert.Contains(reason, given.Message, StringComparison.Ordinal);
        Assert.Contains(reason, found.Message, StringComparison.Ordinal);
        Assert.Single(service.Sent);
    }

    [Theory]
    [InlineData("""{"name":"my-agent"}""", "no address yet")]
    [InlineData("""{"name":"my-agent","url":""}""", "no address yet")]
    [InlineData("""{"name":"my-agent","url":"my-agent"}""", "is not one")]
    public async Task An_app_without_an_address_is_reported(string app, string reason)
    {
        var service = new VerbatimService().Answers(app);

        var exception = await Failure.Of(service.Client().GetAgentClient(AgentWorkspace.AgentName));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("apps/")]
    [InlineData("apps/..")]
    public void A_name_that_is_none_of_an_agent_is_rejected(string name) =>
        Assert.Throws<ArgumentException>(() => new VerbatimService().Client().GetAgentClient(name));

    [Fact]
    public void Any_other_name_is_a_serving_endpoint() =>
        Assert.Equal(
            "my-agent-endpoint",
            new VerbatimService().Client().GetAgentClient("my-agent-endpoint").GetService<ChatClientMetadata>()!.DefaultModelId);

    private static Task<AgentWorkspace> OpenAsync() => AgentWorkspace.OpenAsync(EmulatedAgentServer.LongRunning);
}
