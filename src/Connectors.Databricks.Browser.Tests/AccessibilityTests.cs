using Connectors.Databricks.AspNetCore.Tests.ModelHub;
using Connectors.Databricks.Browser.Tests.Hub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connectors.Databricks.Browser.Tests;

/// <summary>axe finds nothing on any page, at the width of a phone and a desktop, light and dark.</summary>
public class AccessibilityTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    public static TheoryData<string, ColorScheme> Screens => new()
    {
        { "desktop", ColorScheme.Light },
        { "desktop", ColorScheme.Dark },
        { "phone", ColorScheme.Light },
        { "phone", ColorScheme.Dark },
    };

    [BrowserTheory, MemberData(nameof(Screens))]
    public async Task The_hub_has_no_finding(string screen, ColorScheme scheme)
    {
        await using var app = await ModelHubApp.StartAsync(options => options.Prices["claude-sonnet-4-5"] = new()
        {
            InputCostPerToken = 0.000003m, OutputCostPerToken = 0.000015m,
        });
        app.Emulator.AddClassicEndpoint("churn").SplitsTraffic(("champion", "1", 80), ("challenger", "2", 20));
        app.Emulator.AddClassicEndpoint("stopped").Stops();
        await using var session = await PageSession.OpenAsync(fixture, new Uri(app.Address, "models"), screen, scheme);
        var link = session.Page.GetByRole(AriaRole.Link, new() { Name = "churn", Exact = true });
        await Expect(link).ToBeVisibleAsync();
        Assert.Empty(await session.FindingsAsync());

        await link.ClickAsync();
        await Expect(session.Page.Locator(".chart").First).ToBeVisibleAsync();
        await Expect(session.Page.GetByRole(AriaRole.Heading, new() { Name = "Signature" })).ToBeVisibleAsync();
        Assert.Empty(await session.FindingsAsync());
    }

    [BrowserTheory, MemberData(nameof(Screens))]
    public async Task The_states_of_the_hub_have_no_finding(string screen, ColorScheme scheme)
    {
        await using var app = await ModelHubApp.StartAsync(HubWorkspace.Of(HubWorkspace.Endpoint(HubWorkspace.Hostile)));
        await using var session = await PageSession.OpenAsync(fixture, new Uri(app.Address, "models?q=nothing"), screen, scheme);
        await Expect(session.Page.Locator("#empty")).ToBeVisibleAsync();
        Assert.Empty(await session.FindingsAsync());
    }

    [BrowserTheory, MemberData(nameof(Screens))]
    public async Task The_sample_has_no_finding(string screen, ColorScheme scheme)
    {
        await using var sample = await SampleApp.StartAsync();
        await using var session = await PageSession.OpenAsync(fixture, sample.Address, screen, scheme);
        await Expect(session.Page.GetByRole(AriaRole.Option, new() { Name = "Claude Sonnet 4.5" })).ToBeAttachedAsync();
        Assert.Empty(await session.FindingsAsync());

        await session.Page.GetByRole(AriaRole.Button, new() { Name = "What is the weather in Ghent today?" }).ClickAsync();
        await Expect(session.Page.Locator(".usage")).ToBeVisibleAsync();
        await session.Page.Locator("details").First.Locator("summary").ClickAsync();
        Assert.Empty(await session.FindingsAsync());

        await session.Page.GetByRole(AriaRole.Link, new() { Name = "Status" }).ClickAsync();
        await Expect(session.Page.Locator(".trace").First).ToBeVisibleAsync();
        Assert.Empty(await session.FindingsAsync());
        Assert.Empty(session.Errors);
    }
}
