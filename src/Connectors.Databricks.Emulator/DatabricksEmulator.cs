using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Faults;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.OAuth;
using Connectors.Databricks.Emulator.Server;

namespace Connectors.Databricks.Emulator;

/// <summary>A local server that answers as Databricks Model Serving does. It listens on 127.0.0.1 only.</summary>
public sealed partial class DatabricksEmulator : IAsyncDisposable
{
    private readonly Workspace _workspace;
    private readonly ConditionalWeakTable<ServingEndpoint, EmulatedEndpoint> _endpoints = [];
    private readonly TokenStore _tokens;
    private readonly EmulatorServer _server;
    private readonly EmulatorAddresses _addresses;

    private DatabricksEmulator(DatabricksEmulatorOptions options)
    {
        _addresses = new EmulatorAddresses(options.WorkspaceId);
        var oauth = new OAuthState(options, _addresses);
        OAuth = new EmulatedOAuth(oauth, options.Authentication.ClientId, options.Authentication.ClientSecret);
        ClientId = options.Authentication.ClientId;
        ClientSecret = options.Authentication.ClientSecret;
        _tokens = new TokenStore(options, oauth.Tokens);
        _workspace = new Workspace(options, _addresses);
        var faults = new FaultPlan(options.Faults.Seed, options.Faults.Pause);
        Faults = new EmulatedFaults(faults);
        options.Faults.Initial.ForEach(first => faults.Add(first.Fault, first.Probability));
        var surface = new OAuthHandler(options, oauth, _tokens, _addresses, _workspace);
        var dispatcher = new Dispatcher(options, _workspace, surface, _tokens, _addresses);
        _server = new EmulatorServer(options, _addresses, _tokens, dispatcher, faults);
        if (options.AddsDefaultEndpoints)
        {
            AddDefaults();
        }
    }

    /// <summary>The address to use as the workspace URL, such as <c>http://127.0.0.1:5123/</c>.</summary>
    public Uri Host => _addresses.Workspace!;

    /// <summary>The personal access token that is valid now.</summary>
    public string Token => _tokens.Current;

    /// <summary>The client id of the service principal that the emulator starts with.</summary>
    public string ClientId { get; }

    /// <summary>The OAuth secret of the service principal that the emulator starts with.</summary>
    public string ClientSecret { get; }

    /// <summary>Where OAuth clients get their tokens.</summary>
    public EmulatedOAuth OAuth { get; }

    /// <summary>What goes wrong on the way to the client, at any address.</summary>
    public EmulatedFaults Faults { get; }

    /// <summary>Every endpoint, by name.</summary>
    public IReadOnlyList<EmulatedEndpoint> Endpoints =>
        [.. _workspace.Endpoints.Values.OrderBy(endpoint => endpoint.Name, StringComparer.Ordinal).Select(Face)];

    /// <summary>
    /// Gets the requests that were received completely, in order of arrival; <see cref="EmulatorLimitsOptions.MaxRecordedRequests"/> limits
    /// their number.
    /// </summary>
    public IReadOnlyList<RecordedRequest> Requests => _server.Requests;

    /// <summary>Starts an emulator.</summary>
    /// <param name="options">What to start with; null takes the defaults.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    /// <returns>The running emulator; disposing it closes every connection at once.</returns>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The port may not be opened by this user.</exception>
    public static async Task<DatabricksEmulator> StartAsync(
        DatabricksEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var emulator = new DatabricksEmulator((options ?? new DatabricksEmulatorOptions()).Copy());
        try
        {
            await emulator._server.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await emulator.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return emulator;
    }

    /// <summary>Finds an endpoint.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="KeyNotFoundException">There is none; the message names those there are.</exception>
    public EmulatedEndpoint Endpoint(string name) =>
        _workspace.Endpoints.TryGetValue(name, out var endpoint)
            ? Face(endpoint)
            : throw new KeyNotFoundException(
                $"The emulator has no endpoint '{name}'. It has: {string.Join(", ", Endpoints.Select(known => known.Name))}.");

    /// <summary>Makes a new personal access token. Every older one counts as expired from now on; OAuth tokens stay.</summary>
    /// <returns>The new token, also in <see cref="Token"/>.</returns>
    public string RotateToken() => _tokens.Rotate();

    /// <inheritdoc/>
    [SuppressMessage("Usage", "CA1816", Justification = "The class is sealed and has no finalizer.")]
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    internal void ExpireToken(int status) => _tokens.Expire(status);

    /// <summary>The same public object for an endpoint each time.</summary>
    private EmulatedEndpoint Face(ServingEndpoint endpoint) => _endpoints.GetValue(endpoint, state => new EmulatedEndpoint(this, state));
}
