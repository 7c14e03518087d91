using Connectors.Databricks.Browser.Tests.Terminal;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connectors.Databricks.Browser.Tests.Pictures;

/// <summary>The pictures of the docs can be made at any time: <c>docs/images/make.sh</c> copies them.</summary>
public class PictureTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private static async Task SaveAsync(PageSession session, string name)
    {
        await session.SaveScreenshotAsync($"pictures/{name}");
        Assert.Empty(session.Errors);
    }

    [BrowserFact]
    public async Task The_chat_of_the_sample()
    {
        await using var sample = await SampleApp.StartAsync();
        await using var session = await PageSession.OpenAsync(fixture, sample.Address);
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "What is the weather in Ghent today?" }).ClickAsync();
        await Expect(session.Page.Locator(".usage")).ToBeVisibleAsync();
        await session.Page.Locator("details.tool summary").ClickAsync();

        await session.Page.SetViewportSizeAsync(1_120, 850);
        await SaveAsync(session, "web-chat");
    }

    [BrowserFact]
    public async Task The_model_hub_of_the_sample()
    {
        await using var sample = await SampleApp.StartAsync();
        await using var session = await PageSession.OpenAsync(fixture, new Uri(sample.Address, "models"));
        await Expect(session.Page.Locator("#live")).ToHaveAttributeAsync("data-state", "live");

        await SaveAsync(session, "model-hub");
    }

    [BrowserFact]
    public async Task The_chat_of_the_sample_in_a_terminal()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var terminal = TerminalSession.StartSample("chat");
        foreach (var line in (string[])["Which of my endpoints are ready?", "What is a lakehouse?"])
        {
            await terminal.ReadToAsync("\n> ", limit.Token);
            await terminal.TypeAsync(line);
        }

        await terminal.ReadToAsync("\n> ", limit.Token);
        Assert.Contains("list_serving_endpoints(", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("\e[2m", terminal.Output, StringComparison.Ordinal);

        await using var session = await PageSession.OpenAsync(fixture, new Uri("about:blank"));
        await session.Page.SetContentAsync(TerminalPage.Of("dotnet run --project samples/Agents -- chat", terminal.Output));
        await session.Page.Locator("main").ScreenshotAsync(new() { Path = Path.Combine(Artifacts.Folder, "pictures/terminal-chat.png") });
    }
}
