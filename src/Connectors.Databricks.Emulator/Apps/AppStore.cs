using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Apps;

/// <summary>The apps of the workspace, and how <c>GET /api/2.0/apps/{name}</c> describes one.</summary>
internal sealed class AppStore : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, AppServer> _servers = new(StringComparer.Ordinal);

    public IReadOnlyList<AppServer> All => [.. _servers.Values.OrderBy(server => server.State.Name, StringComparer.Ordinal)];

    public AppServer? Find(string name) => _servers.GetValueOrDefault(name);

    /// <returns>Whether the name was free.</returns>
    public bool TryAdd(AppServer server) => _servers.TryAdd(server.State.Name, server);

    public void Remove(string name) => _servers.TryRemove(name, out _);

    public ServerResponse Describe(string name) =>
        Find(name) is AppServer { Url: Uri url }
            ? ServerResponse.Json(200, new JsonObject
            {
                ["name"] = name,
                ["url"] = url.GetLeftPart(UriPartial.Authority),
                ["app_status"] = new JsonObject { ["state"] = "RUNNING", ["message"] = "App has status: App is running" },
                ["compute_status"] = new JsonObject { ["state"] = "ACTIVE" },
            })
            : ServerResponse.Error(404, "RESOURCE_DOES_NOT_EXIST", $"App with name {name} does not exist or is deleted.");

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }
}
