using Microsoft.AspNetCore.Builder;
using Web;

namespace Connectors.Databricks.Browser.Tests;

/// <summary>The web sample in this process, on its emulator.</summary>
internal sealed class SampleApp : IAsyncDisposable
{
    private readonly Workspace _workspace;
    private readonly WebApplication _app;

    private SampleApp(Workspace workspace, WebApplication app)
    {
        _workspace = workspace;
        _app = app;
        Address = new Uri(app.Urls.First());
    }

    public Uri Address { get; }

    public Emulator.DatabricksEmulator Emulator => _workspace.Emulator!;

    public static async Task<SampleApp> StartAsync(TimeSpan tokenDelay = default)
    {
        var workspace = await Workspace.OpenEmulatorAsync(tokenDelay);
        var app = WebSample.Build(workspace, ["--urls", "http://127.0.0.1:0"]);
        await app.StartAsync();
        return new SampleApp(workspace, app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _workspace.DisposeAsync();
    }
}
