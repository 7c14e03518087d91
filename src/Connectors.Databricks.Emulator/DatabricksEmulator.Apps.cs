using System.Runtime.CompilerServices;
using Connectors.Databricks.Emulator.Apps;

namespace Connectors.Databricks.Emulator;

public sealed partial class DatabricksEmulator
{
    private readonly AppStore _apps;
    private readonly ConditionalWeakTable<AppServer, EmulatedApp> _publicApps = [];

    /// <summary>Gets all apps, ordered by name.</summary>
    public IReadOnlyList<EmulatedApp> Apps => [.. _apps.All.Select(PublicApp)];

    /// <summary>Gets an app.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The app.</returns>
    /// <exception cref="KeyNotFoundException">There is no such app; the message lists the existing ones.</exception>
    public EmulatedApp App(string name) => _apps.Find(name) is AppServer server ? PublicApp(server) : throw new KeyNotFoundException(
        $"The emulator has no app '{name}'. It has: {string.Join(", ", _apps.All.Select(known => known.State.Name))}.");

    /// <summary>Starts an agent on Databricks Apps, on a port of its own. Apps accept OAuth tokens of the workspace alone.</summary>
    /// <param name="name">The name of the app, such as <c>agent-bricks-1</c>: lower-case letters, digits and hyphens.</param>
    /// <param name="server">The server that the agent runs on.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The running app, which stops with the emulator.</returns>
    /// <exception cref="ArgumentException">The name is not valid, or taken.</exception>
    public async Task<EmulatedApp> AddAppAsync(
        string name, EmulatedAgentServer server = EmulatedAgentServer.LongRunning, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!IsAppName(name))
        {
            throw new ArgumentException(
                $"'{name}' is not the name of an app: at most 30 lower-case letters, digits and hyphens.", nameof(name));
        }

        var app = new AppServer(new AppState(name, server), _options, _addresses, _tokens);
        if (!_apps.TryAdd(app))
        {
            throw new ArgumentException($"The emulator already has an app '{name}'.", nameof(name));
        }

        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _apps.Remove(name);
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return PublicApp(app);
    }

    internal static bool IsAppName(string name) =>
        name.Length is > 0 and <= 30 && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private EmulatedApp PublicApp(AppServer server) => _publicApps.GetValue(server, static state => new EmulatedApp(state));
}
