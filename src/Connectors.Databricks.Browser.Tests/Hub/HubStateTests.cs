using System.Net;
using Connectors.Databricks.AspNetCore.Tests.ModelHub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connectors.Databricks.Browser.Tests.Hub;

/// <summary>What the page shows when there is nothing, too much, something old, or something hostile.</summary>
public class HubStateTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private static Uri Hub(AspNetCore.Tests.TestApp app, string rest = "") => new(app.Address, $"models{rest}");

    [BrowserFact]
    public async Task An_empty_workspace_is_explained()
    {
        await using var app = await ModelHubApp.StartAsync(HubWorkspace.Of());
        await using var session = await PageSession.OpenAsync(fixture, Hub(app));

        await Expect(session.Page.Locator("#none")).ToBeVisibleAsync();
        await Expect(session.Page.Locator("#loading")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task A_failure_is_shown_and_can_be_retried()
    {
        var directory = new ScriptedDirectory().Fails(new DatabricksServingException("down", null, HttpStatusCode.ServiceUnavailable));
        await using var app = await ModelHubApp.StartAsync(directory);
        await using var session = await PageSession.OpenAsync(fixture, Hub(app));
        await Expect(session.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The endpoints could not be loaded");
        await session.SaveScreenshotAsync("hub-error");

        directory.Lists(HubWorkspace.Endpoint("alpha"));
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Expect(session.Page.Locator(".row")).ToHaveCountAsync(1);
        await Expect(session.Page.Locator("#error")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task A_list_that_is_loading_has_a_placeholder()
    {
        await using var app = await ModelHubApp.StartAsync(HubWorkspace.Of(HubWorkspace.Endpoint("alpha")));
        await using var session = await PageSession.OpenAsync(fixture, new Uri(app.Address, "models/assets/hub.svg"));
        var release = new TaskCompletionSource();
        await session.Page.RouteAsync("**/data/endpoints", async route =>
        {
            await release.Task;
            await route.ContinueAsync();
        });
        await session.Page.GotoAsync(Hub(app).AbsoluteUri);
        await Expect(session.Page.Locator("#loading")).ToBeVisibleAsync();
        release.SetResult();

        await Expect(session.Page.Locator("#loading")).ToBeHiddenAsync();
        await Expect(session.Page.Locator(".row")).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task The_last_list_stays_when_the_workspace_fails()
    {
        var directory = HubWorkspace.Of(HubWorkspace.Endpoint("alpha"));
        await using var app = await ModelHubApp.StartAsync(directory, options => options.RefreshInterval = TimeSpan.FromSeconds(1));
        await using var session = await PageSession.OpenAsync(fixture, Hub(app));
        await Expect(session.Page.Locator(".row")).ToHaveCountAsync(1);

        directory.Returns(new EndpointDirectorySnapshot(
            [HubWorkspace.Endpoint("alpha")], DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(9), new InvalidOperationException()));

        await Expect(session.Page.Locator("#live")).ToHaveTextAsync("Stale · 9 min ago");
        await Expect(session.Page.Locator("#banner")).ToContainTextAsync("could not be read");
        await Expect(session.Page.Locator(".row")).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task The_table_of_models_is_labeled()
    {
        await using var app = await ModelHubApp.StartAsync(directory: null);
        await using var session = await PageSession.OpenAsync(fixture, Hub(app));

        await Expect(session.Page.Locator("#banner")).ToContainTextAsync("the built-in table of models");
        await Expect(session.Page.Locator("#live")).ToHaveTextAsync("Capability table");
        await session.Page.GetByRole(AriaRole.Link, new() { Name = "databricks-claude-sonnet-4-5", Exact = true }).ClickAsync();
        await Expect(session.Page.Locator("#detail pre")).ToContainTextAsync("GetChatClient(\"databricks-claude-sonnet-4-5\")");
        Assert.Empty(session.Errors);
    }

    [BrowserTheory]
    [InlineData("desktop")]
    [InlineData("phone")]
    public async Task A_thousand_endpoints_are_listed_and_searched(string screen)
    {
        await using var app = await ModelHubApp.StartAsync(HubWorkspace.OfMany(1_000));
        await using var session = await PageSession.OpenAsync(fixture, Hub(app), screen);
        await Expect(session.Page.Locator(".row")).ToHaveCountAsync(1_000);
        await Expect(session.Page.Locator("#count")).ToHaveTextAsync("1,000 endpoints");
        await session.SaveScreenshotAsync($"hub-1000-{screen}");

        await session.Page.GetByRole(AriaRole.Searchbox).FillAsync("project-7 claude");

        await Expect(session.Page.Locator(".row:visible")).ToHaveCountAsync(0);
        await session.Page.GetByRole(AriaRole.Searchbox).FillAsync("endpoint-0999");
        await Expect(session.Page.Locator(".row:visible > a")).ToHaveTextAsync(["endpoint-0999"]);
        Assert.False(await session.ScrollsSidewaysAsync());
        Assert.Empty(session.Errors);
    }

    [BrowserTheory]
    [InlineData("desktop")]
    [InlineData("phone")]
    public async Task Hostile_texts_are_shown_as_text(string screen)
    {
        await using var app = await ModelHubApp.StartAsync(HubWorkspace.Of(
            HubWorkspace.Endpoint(
                HubWorkspace.Hostile, creator: HubWorkspace.Hostile, description: HubWorkspace.Hostile, tag: HubWorkspace.Hostile),
            HubWorkspace.Endpoint("other")), options => options.IncludeMetrics = false);
        await using var session = await PageSession.OpenAsync(fixture, Hub(app), screen);
        var link = session.Page.Locator("#endpoints .row > a").First;
        await Expect(link).ToHaveTextAsync(HubWorkspace.Hostile);
        await Expect(session.Page.Locator(".row .creator").First).ToHaveTextAsync(HubWorkspace.Hostile);
        await link.ClickAsync();

        await Expect(session.Page.Locator("#detail-name")).ToHaveTextAsync(HubWorkspace.Hostile);
        await Expect(session.Page.Locator(".description")).ToHaveTextAsync(HubWorkspace.Hostile);
        await Expect(session.Page.Locator(".tag")).ToHaveTextAsync($"{HubWorkspace.Hostile}: {HubWorkspace.Hostile}");
        await Expect(session.Page.Locator("#detail pre")).ToContainTextAsync("GetChatClient(\"<img src=x onerror=alert(1)>\\\"");
        await session.SaveScreenshotAsync($"hub-hostile-{screen}");
        Assert.Equal(0, await session.Page.Locator("body img:not(.logo), body script").CountAsync());
        Assert.False(await session.ScrollsSidewaysAsync());
        Assert.Empty(session.Errors);
    }

    [BrowserFact]
    public async Task Inline_code_does_not_run()
    {
        await using var app = await ModelHubApp.StartAsync(HubWorkspace.Of(HubWorkspace.Endpoint("alpha")));
        await using var session = await PageSession.OpenAsync(fixture, Hub(app));

        var hasRun = await session.Page.EvaluateAsync<bool>(
            """
            () => {
              const script = document.createElement("script");
              try { script.text = "window.hasRun = true"; } catch { return false; }
              document.body.append(script);
              return window.hasRun === true;
            }
            """);

        Assert.False(hasRun);
        Assert.NotEmpty(session.Errors);
    }
}
