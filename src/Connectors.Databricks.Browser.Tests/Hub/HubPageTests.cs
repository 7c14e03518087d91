using Connectors.Databricks.AspNetCore.Tests.ModelHub;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connectors.Databricks.Browser.Tests.Hub;

/// <summary>The page of the hub: search, filters, sort, keyboard, theme, polling and its states.</summary>
public class HubPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private static readonly EndpointProfile[] Some =
    [
        HubWorkspace.Endpoint("alpha", creator: "ann@example.com", description: "Answers questions"),
        HubWorkspace.Endpoint("beta", "gte-large-en", creator: "bob@example.com", tag: "search"),
        HubWorkspace.Endpoint("gamma", "gpt-oss-120b", ready: "NOT_READY"),
    ];

    private static ILocator Rows(PageSession session) => session.Page.Locator("#endpoints .row:visible");

    private static ILocator Names(PageSession session) => session.Page.Locator("#endpoints .row:visible > a");

    private static Uri Hub(AspNetCore.Tests.TestApp app, string rest = "") => new(app.Address, $"models{rest}");

    [BrowserTheory]
    [InlineData("desktop")]
    [InlineData("phone")]
    public async Task The_page_lists_what_the_workspace_serves(string screen)
    {
        await using var app = await ModelHubApp.StartAsync();
        app.Emulator.AddClassicEndpoint("churn").SplitsTraffic(("champion", "1", 80), ("challenger", "2", 20));
        await using var session = await PageSession.OpenAsync(fixture, Hub(app), screen);

        await Expect(session.Page.GetByRole(AriaRole.Link, new() { Name = "system.ai.claude-sonnet-4-5", Exact = true }))
            .ToBeVisibleAsync();
        await Expect(session.Page.Locator("#live")).ToHaveAttributeAsync("data-state", "live");
        await session.SaveScreenshotAsync($"hub-{screen}");

        Assert.False(await session.ScrollsSidewaysAsync());
        Assert.Empty(session.Errors);
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_width_has_room_for_the_rows(bool hasPrices)
    {
        await using var app = await ModelHubApp.StartAsync(options =>
        {
            if (hasPrices)
            {
                options.Prices["claude-sonnet-4-5"] = new() { InputCostPerToken = 0.000003m, OutputCostPerToken = 0.000015m };
            }
        });
        await using var session = await PageSession.OpenAsync(fixture, Hub(app));
        await Expect(Rows(session).First).ToBeVisibleAsync();

        foreach (var width in (int[])[320, 390, 768, 1_119, 1_120, 1_343, 1_344, 1_920])
        {
            await session.Page.SetViewportSizeAsync(width, 800);
            Assert.False(await session.ScrollsSidewaysAsync(), $"{width}");
            Assert.Equal(0, await session.Page.EvaluateAsync<int>(
                """
                [...document.querySelectorAll(".row, .columns")]
                  .filter(row => row.scrollWidth > row.clientWidth && row.offsetHeight > 0).length
                """));
        }
    }

    [BrowserFact]
    public async Task The_search_finds_names_models_descriptions_tags_and_creators()
    {
        await using var app = await ModelHubApp.StartAsync(HubWorkspace.Of(Some));
        await using var session = await PageSession.OpenAsync(fixture, Hub(app));
        var search = session.Page.GetByRole(AriaRole.Searchbox);
        await Expect(Rows(session)).ToHaveCountAsync(3);

        (string, string)[] searches = [("QUESTIONS", "alpha"), ("search", "beta"), ("bob@", "beta"), ("oss gamma", "gamma")];
        foreach (var (text, name) in searches)
        {
            await search.FillAsync(text);
            await Expect(Names(session)).ToHaveTextAsync([name]);
        }

        await search.FillAsync("nothing has this");
        await Expect(session.Page.Locator("#empty")).ToBeVisibleAsync();
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Clear search and filters" }).ClickAsync();
        await Expect(Rows(session)).ToHaveCountAsync(3);
        Assert.Empty(session.Errors);
    }

    [BrowserFact]
    public async Task Filters_narrow_the_list_and_stay_in_the_address()
    {
        await using var app = await ModelHubApp.StartAsync(HubWorkspace.Of(Some));
        await using var session = await PageSession.OpenAsync(fixture, Hub(app));
        await session.Page.GetByRole(AriaRole.Checkbox, new() { Name = "tools" }).CheckAsync();
        await Expect(Names(session)).ToHaveTextAsync(["alpha", "gamma"]);
        await session.Page.GetByRole(AriaRole.Checkbox, new() { Name = "ready" }).CheckAsync();
        await Expect(Names(session)).ToHaveTextAsync(["alpha"]);
        await Expect(session.Page.Locator("#count")).ToHaveTextAsync("1 of 3 endpoints");

        await session.Page.ReloadAsync();
        await Expect(Names(session)).ToHaveTextAsync(["alpha"]);
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Clear filters" }).ClickAsync();
        await session.Page.GetByRole(AriaRole.Combobox, new() { Name = "Creator" }).SelectOptionAsync("bob@example.com");
        await Expect(Names(session)).ToHaveTextAsync(["beta"]);
        Assert.EndsWith("/models?creator=bob%40example.com", session.Page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task The_list_is_sorted()
    {
        await using var app = await ModelHubApp.StartAsync(HubWorkspace.Of([.. Some.Reverse()]));
        await using var session = await PageSession.OpenAsync(fixture, Hub(app));
        await Expect(Names(session)).ToHaveTextAsync(["gamma", "beta", "alpha"]);
        var sort = session.Page.GetByRole(AriaRole.Combobox, new() { Name = "Sort by" });

        await sort.SelectOptionAsync("name");
        await Expect(Names(session)).ToHaveTextAsync(["alpha", "beta", "gamma"]);
        await sort.SelectOptionAsync("context");
        await Expect(Names(session)).ToHaveTextAsync(["alpha", "gamma", "beta"]);
    }

    [BrowserFact]
    public async Task The_keyboard_reaches_everything()
    {
        await using var app = await ModelHubApp.StartAsync(HubWorkspace.Of(Some));
        await using var session = await PageSession.OpenAsync(fixture, Hub(app));
        var keyboard = session.Page.Keyboard;
        await Expect(Rows(session)).ToHaveCountAsync(3);

        await keyboard.PressAsync("/");
        await Expect(session.Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("ArrowDown");
        await Expect(Names(session).Nth(1)).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await Expect(session.Page.GetByRole(AriaRole.Dialog, new() { Name = "beta" })).ToBeVisibleAsync();
        await keyboard.PressAsync("Escape");
        await Expect(session.Page.Locator("#detail")).ToBeHiddenAsync();
        await Expect(Names(session).Nth(1)).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task The_theme_is_kept()
    {
        await using var app = await ModelHubApp.StartAsync(HubWorkspace.Of(Some));
        await using var session = await PageSession.OpenAsync(fixture, Hub(app));
        var button = session.Page.Locator("#theme");
        await button.ClickAsync();
        await button.ClickAsync();
        await Expect(button).ToHaveTextAsync("Theme: dark");
        await session.Page.ReloadAsync();

        await Expect(button).ToHaveTextAsync("Theme: dark");
        Assert.Equal("rgb(15, 19, 24)", await session.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    [BrowserFact]
    public async Task The_state_changes_while_the_page_is_open()
    {
        var directory = HubWorkspace.Of(Some);
        await using var app = await ModelHubApp.StartAsync(directory, options => options.RefreshInterval = TimeSpan.FromSeconds(1));
        await using var session = await PageSession.OpenAsync(fixture, Hub(app));
        var state = session.Page.Locator(".row", new() { HasText = "gamma" }).Locator(".state");
        await Expect(state).ToHaveTextAsync("stopped");
        await Names(session).First.FocusAsync();

        directory.Lists(Some[0], Some[1], HubWorkspace.Endpoint("gamma", "gpt-oss-120b"), HubWorkspace.Endpoint("delta"));

        await Expect(state).ToHaveTextAsync("ready");
        await Expect(Rows(session)).ToHaveCountAsync(4);
        await Expect(Names(session).First).ToBeFocusedAsync();
        Assert.Empty(session.Errors);
    }
}
