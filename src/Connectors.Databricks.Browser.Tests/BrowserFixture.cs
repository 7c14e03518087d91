using Microsoft.Playwright;

namespace Connectors.Databricks.Browser.Tests;

/// <summary>One Chromium for the tests of a class; each test has a context of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal IBrowser Browser => _browser ?? throw new InvalidOperationException(
        $"Chromium is not installed. Install it, or set {Chromium.Variable}.");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Chromium.Executable is not { } executable)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = executable,

            // The pages are the project's own, and containers run as root, where Chromium has no sandbox.
            Args = ["--no-sandbox", "--disable-gpu"],
        });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
