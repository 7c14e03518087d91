using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Connectors.Databricks.Browser.Tests;

/// <summary>A page in a context of its own, which records the errors of its console.</summary>
internal sealed class PageSession : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    private PageSession(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _errors.Add($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _errors.Add(error);
        page.Dialog += (_, dialog) => _errors.Add($"dialog: {dialog.Message}");
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts and of the console, which include violations of the Content-Security-Policy.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public static async Task<PageSession> OpenAsync(
        BrowserFixture fixture, Uri address, string screen = "desktop", ColorScheme scheme = ColorScheme.Light)
    {
        var context = await fixture.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = screen == "phone"
                ? new ViewportSize { Width = 390, Height = 844 }
                : new ViewportSize { Width = 1_360, Height = 850 },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        context.SetDefaultTimeout(15_000);
        var session = new PageSession(context, await context.NewPageAsync());
        await session.Page.GotoAsync(address.AbsoluteUri);
        return session;
    }

    /// <summary>The findings of axe, on one line each.</summary>
    public async Task<IReadOnlyList<string>> FindingsAsync()
    {
        var result = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return
        [
            .. result.Violations.SelectMany(violation => violation.Nodes.Select(node =>
                $"{violation.Impact} {violation.Id}: {node.Html[..Math.Min(node.Html.Length, 160)]}")),
        ];
    }

    /// <summary>Whether the page is wider than its window, which on a phone means scrolling sideways.</summary>
    public Task<bool> ScrollsSidewaysAsync() =>
        Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");

    public async Task SaveScreenshotAsync(string name)
    {
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Artifacts.Folder, $"{name}.png") });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
