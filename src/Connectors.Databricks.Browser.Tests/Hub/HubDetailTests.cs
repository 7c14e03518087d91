using Connectors.Databricks.AspNetCore.Tests;
using Connectors.Databricks.AspNetCore.Tests.ModelHub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connectors.Databricks.Browser.Tests.Hub;

/// <summary>The detail view of an endpoint.</summary>
public class HubDetailTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private static async Task<TestApp> StartAsync()
    {
        var app = await ModelHubApp.StartAsync();
        app.Emulator.AddClassicEndpoint("churn").SplitsTraffic(("champion", "1", 80), ("challenger", "2", 20));
        return app;
    }

    [BrowserTheory]
    [InlineData("desktop")]
    [InlineData("phone")]
    public async Task A_custom_model_has_traffic_signature_and_metrics(string screen)
    {
        await using var app = await StartAsync();
        await using var session = await PageSession.OpenAsync(fixture, new Uri(app.Address, "models#/churn"), screen);
        var detail = session.Page.GetByRole(AriaRole.Dialog, new() { Name = "churn", Exact = true });

        await Expect(detail.GetByRole(AriaRole.Img, new() { Name = "Traffic: champion 80 percent, challenger 20 percent" }))
            .ToBeVisibleAsync();
        await Expect(detail.GetByRole(AriaRole.Cell, new() { Name = "tenure" })).ToBeVisibleAsync();
        await Expect(detail.Locator(".chart").First).ToBeVisibleAsync();
        await session.SaveScreenshotAsync($"hub-detail-{screen}");
        Assert.False(await session.ScrollsSidewaysAsync());
        Assert.Empty(session.Errors);
    }

    [BrowserFact]
    public async Task A_model_service_has_destinations_and_no_metrics()
    {
        await using var app = await StartAsync();
        await using var session = await PageSession.OpenAsync(fixture, new Uri(app.Address, "models"));
        await session.Page.GetByRole(AriaRole.Link, new() { Name = "system.ai.claude-sonnet-4-5", Exact = true }).ClickAsync();

        await Expect(session.Page.GetByRole(AriaRole.Heading, new() { Name = "Destinations" })).ToBeVisibleAsync();
        Assert.Empty(session.Errors);
    }

    [BrowserFact]
    public async Task The_code_is_copied()
    {
        await using var app = await StartAsync();
        await using var session = await PageSession.OpenAsync(fixture, new Uri(app.Address, "models#/churn"));
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "curl" }).ClickAsync();
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await Expect(session.Page.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();

        var copied = await session.Page.EvaluateAsync<string>("navigator.clipboard.readText()");

        Assert.StartsWith("curl \"$DATABRICKS_HOST\"'/serving-endpoints/churn/invocations'", copied, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Emulator.Token, copied, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task The_address_opens_and_closes_the_details()
    {
        await using var app = await StartAsync();
        await using var session = await PageSession.OpenAsync(fixture, new Uri(app.Address, "models"));
        var detail = session.Page.Locator("#detail");
        await session.Page.GetByRole(AriaRole.Link, new() { Name = "churn", Exact = true }).ClickAsync();
        await Expect(detail).ToBeVisibleAsync();
        Assert.EndsWith("/models#/churn", session.Page.Url, StringComparison.Ordinal);

        await session.Page.GoBackAsync();
        await Expect(detail).ToBeHiddenAsync();
        await session.Page.GotoAsync(new Uri(app.Address, "models#/no-such").AbsoluteUri);
        await Expect(detail).ToBeHiddenAsync();
        Assert.Empty(session.Errors);
    }
}
