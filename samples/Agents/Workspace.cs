using Connectors.Databricks;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Agents;

/// <summary>Where the steps run: the workspace that the environment names, or else an emulator inside this process.</summary>
internal sealed class Workspace : IAsyncDisposable
{
    private readonly Uri _host;
    private readonly string _token;
    private readonly string? _endpoint;

    private Workspace(Uri host, string token, string? endpoint, DatabricksEmulator? emulator)
    {
        _host = host;
        _token = token;
        _endpoint = endpoint;
        Emulator = emulator;
        Serving = Connect();
    }

    /// <summary>The emulator; null on a real workspace, where nothing can be scripted.</summary>
    public DatabricksEmulator? Emulator { get; }

    public DatabricksServingClient Serving { get; }

    public string Announcement => Emulator is null
        ? $"Running on the workspace {Serving.Host}, endpoint {_endpoint}."
        : $"Running on the built-in emulator at {Serving.Host}: no workspace is configured. See --help to use one.";

    /// <exception cref="ArgumentException">The environment names half a workspace, or an address that is none.</exception>
    public static async Task<Workspace> OpenAsync()
    {
        var host = Variable("DATABRICKS_HOST");
        var token = Variable("DATABRICKS_TOKEN");
        if (host is not null && token is not null)
        {
            return new Workspace(Address(host), token, Variable("DATABRICKS_ENDPOINT") ?? Endpoints.Claude, emulator: null);
        }

        if (host is not null || token is not null)
        {
            var missing = host is null ? "DATABRICKS_HOST" : "DATABRICKS_TOKEN";
            throw new ArgumentException(
                $"{missing} is not set. Set both DATABRICKS_HOST and DATABRICKS_TOKEN to run on a workspace, or neither for the emulator.");
        }

        // A person likes to see text arrive; a pipe does not care.
        var delay = Console.IsOutputRedirected ? TimeSpan.Zero : TimeSpan.FromMilliseconds(25);
        var emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions { TokenDelay = delay });
        return new Workspace(emulator.Host, emulator.Token, endpoint: null, emulator);
    }

    /// <summary>The endpoint to use: the workspace's own, or on the emulator the one that a step prefers.</summary>
    public string Endpoint(string preferred) => _endpoint ?? preferred;

    public IChatClient Chat(string preferred) => Serving.GetChatClient(Endpoint(preferred));

    /// <summary>Connects once more, with options or a token of one's own.</summary>
    public DatabricksServingClient Connect(Action<DatabricksServingOptions>? configure = null)
    {
        var options = new DatabricksServingOptions
        {
            Host = _host,
            Credential = DatabricksCredential.FromToken(_token),
            ApplicationName = "agents-sample/1.0",
        };
        configure?.Invoke(options);
        return new DatabricksServingClient(options);
    }

    public async ValueTask DisposeAsync()
    {
        if (Emulator is not null)
        {
            await Emulator.DisposeAsync();
        }
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name)?.Trim() is { Length: > 0 } value ? value : null;

    // The address is often copied without its scheme.
    private static Uri Address(string host) =>
        Uri.TryCreate(host.Contains("://", StringComparison.Ordinal) ? host : $"https://{host}", UriKind.Absolute, out var address)
            ? address
            : throw new ArgumentException($"DATABRICKS_HOST is '{host}', which is not an address. Write it as https://<workspace>.");
}
