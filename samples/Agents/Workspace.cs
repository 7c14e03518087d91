using Connectors.Databricks;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;

namespace Agents;

/// <summary>
/// Where the steps run: the workspace that the environment or a profile of <c>~/.databrickscfg</c> names, or else an emulator inside this
/// process.
/// </summary>
internal sealed class Workspace : IAsyncDisposable
{
    private readonly string? _endpoint;

    private Workspace(string? endpoint, DatabricksEmulator? emulator)
    {
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

    /// <exception cref="DatabricksCredentialException">What is configured names half a workspace, or contradicts itself.</exception>
    public static async Task<Workspace> OpenAsync()
    {
        try
        {
            return new Workspace(Variable("DATABRICKS_ENDPOINT") ?? Endpoints.Claude, emulator: null);
        }
        catch (DatabricksCredentialException exception) when (IsNothingConfigured(exception))
        {
        }

        // Text is streamed to a terminal, not to a pipe.
        var delay = Console.IsOutputRedirected ? TimeSpan.Zero : TimeSpan.FromMilliseconds(25);
        var emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions { TokenDelay = delay });
        return new Workspace(endpoint: null, emulator);
    }

    // The path of the configuration file is not a credential.
    private static bool IsNothingConfigured(DatabricksCredentialException exception) =>
        exception.Failure == DatabricksCredentialFailure.NoHost && exception.Settings.All(setting => setting.Name == "config_file");

    /// <summary>The endpoint to use: the workspace's own, or on the emulator the one that a step prefers.</summary>
    public string Endpoint(string preferred) => _endpoint ?? preferred;

    public IChatClient Chat(string preferred) => Serving.GetChatClient(Endpoint(preferred));

    /// <summary>Connects once more, with options or a credential of one's own.</summary>
    public DatabricksServingClient Connect(Action<DatabricksServingOptions>? configure = null)
    {
        // Without host and credential, the environment and a profile are read, as the Databricks CLI does.
        var options = new DatabricksServingOptions { ApplicationName = "agents-sample/1.0" };
        if (Emulator is not null)
        {
            options.Host = Emulator.Host;
            options.Credential = DatabricksCredential.FromToken(Emulator.Token);
        }

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
}
