using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>A web server on loopback addresses, which leaves the signals of the process to the program that it is part of.</summary>
internal sealed class LoopbackApplication : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LoopbackApplication(WebApplication application)
    {
        _application = application;
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Addresses = [.. addresses.Select(address => new Uri(address))];
    }

    /// <summary>The address of each port, in order.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    /// <param name="handle">Handles every request.</param>
    /// <param name="ports">The ports; 0 for a free one.</param>
    /// <param name="configure">Sets limits of the server.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="IOException">A port is in use.</exception>
    public static async Task<LoopbackApplication> StartAsync(
        RequestDelegate handle, IEnumerable<int> ports, Action<KestrelServerLimits> configure, CancellationToken cancellationToken)
    {
        // The empty builder reads no configuration and logs nothing: ASPNETCORE_URLS must not open a public port.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            configure(kestrel.Limits);
            foreach (var port in ports)
            {
                kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
            }
        });
        var application = builder.Build();
        try
        {
            application.Run(handle);
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
            return new LoopbackApplication(application);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The default lifetime handles Ctrl+C and SIGTERM by stopping the server, and the program would go on.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
