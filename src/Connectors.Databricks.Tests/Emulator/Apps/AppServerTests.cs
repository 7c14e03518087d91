using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.Emulator.Gateway;

namespace Connectors.Databricks.Tests.Emulator.Apps;

/// <summary>The host of an app: its address, its login and its proxy.</summary>
public class AppServerTests
{
    private const string Ask = """{"input":[{"role":"user","content":"Say 'ok'"}]}""";

    [Fact]
    public async Task The_workspace_names_the_address_of_an_app()
    {
        await using AppWire wire = await AppWire.OpenAsync(EmulatedAgentServer.LongRunning);

        JsonNode app = await wire.Workspace.GetJsonAsync("api/2.0/apps/agent-bricks-1");

        Assert.Equal(wire.App.Url, new Uri(app["url"]!.GetValue<string>()));
        Assert.NotEqual(wire.App.Url.Port, wire.Workspace.Emulator.Host.Port);
        Assert.StartsWith("404 ", await wire.Workspace.SendAsync(HttpMethod.Get, "api/2.0/apps/other"), StringComparison.Ordinal);
        Assert.Same(wire.App, wire.Workspace.Emulator.App("agent-bricks-1"));
        Assert.Equal([wire.App], wire.Workspace.Emulator.Apps);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Agent")]
    [InlineData("agent-bricks-1")]
    [InlineData("a-name-that-is-longer-than-30-letters")]
    public async Task A_name_that_is_not_valid_or_taken_is_rejected(string name)
    {
        await using AppWire wire = await AppWire.OpenAsync(EmulatedAgentServer.LongRunning);

        await Assert.ThrowsAsync<ArgumentException>(() => wire.Workspace.Emulator.AddAppAsync(name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not-a-token")]
    [InlineData("personal")]
    public async Task Without_an_OAuth_token_the_proxy_redirects_to_the_login(string? token)
    {
        await using AppWire wire = await AppWire.OpenAsync(EmulatedAgentServer.LongRunning);
        token = token == "personal" ? wire.Workspace.Emulator.Token : token;
        wire.Http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        using HttpResponseMessage response = await wire.SendAsync(HttpMethod.Post, "responses", Ask);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Contains("/oidc/oauth2/v2.0/authorize", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Empty(wire.App.Runs);
    }

    [Fact]
    public async Task A_login_can_be_required_and_use_denied()
    {
        await using AppWire wire = await AppWire.OpenAsync(EmulatedAgentServer.Invocations);

        wire.App.RequiresLogin();
        Assert.StartsWith("302 ", await wire.AskAsync(HttpMethod.Post, "api/invocations", Ask), StringComparison.Ordinal);
        wire.App.RequiresLogin(false).DeniesUse();
        Assert.StartsWith("403 ", await wire.AskAsync(HttpMethod.Post, "api/invocations", Ask), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_proxy_cuts_a_request_after_two_minutes_and_the_run_goes_on()
    {
        await using AppWire wire = await AppWire.OpenAsync(EmulatedAgentServer.LongRunning);
        wire.App.HoldsEvents();
        Task<string> asking = wire.AskAsync(HttpMethod.Post, "responses", Ask);
        await wire.Workspace.Clock.TimerDueIn(TimeSpan.FromSeconds(120));

        wire.Workspace.Clock.Advance(TimeSpan.FromSeconds(120));

        Assert.Equal("504 upstream request timeout", await asking);
        wire.App.ReleaseEvents();
        await wire.App.Runs[0].WaitForEndAsync();
        Assert.Equal("completed", wire.App.Runs[0].Status);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "responses")]
    [InlineData("POST", "chat/completions")]
    [InlineData("DELETE", "responses/resp_1")]
    public async Task Other_paths_are_not_found(string method, string path)
    {
        await using AppWire wire = await AppWire.OpenAsync(EmulatedAgentServer.LongRunning);

        Assert.Equal("""404 {"detail":"Not Found"}""", await wire.AskAsync(new HttpMethod(method), path, method == "POST" ? Ask : null));
    }
}
