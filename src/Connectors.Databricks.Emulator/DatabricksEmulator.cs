using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Connectors.Databricks.Emulator.Apps;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Faults;
using Connectors.Databricks.Emulator.Gateway;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.OAuth;
using Connectors.Databricks.Emulator.Server;

namespace Connectors.Databricks.Emulator;

/// <summary>A local server that emulates Databricks Model Serving. It listens on 127.0.0.1 only.</summary>
public sealed partial class DatabricksEmulator : IAsyncDisposable
{
    private readonly EndpointStore _workspace;
    private readonly ModelServiceStore _services;
    private readonly ConditionalWeakTable<ServingEndpoint, EmulatedEndpoint> _endpoints = [];
    private readonly TokenStore _tokens;
    private readonly GroupStore _groups = new();
    private readonly EmulatorServer _server;
    private readonly Dispatcher _dispatcher;
    private readonly EmulatorAddresses _addresses;
    private readonly DatabricksEmulatorOptions _options;

    private DatabricksEmulator(DatabricksEmulatorOptions options)
    {
        _options = options;
        _addresses = new EmulatorAddresses(options.WorkspaceId);
        var oauth = new OAuthState(options, _addresses);
        OAuth = new EmulatedOAuth(oauth, options.Authentication.ClientId, options.Authentication.ClientSecret);
        ClientId = options.Authentication.ClientId;
        ClientSecret = options.Authentication.ClientSecret;
        _tokens = new TokenStore(options, oauth.Tokens, _groups);
        _workspace = new EndpointStore(options, _addresses);
        var faults = new FaultPlan(options.Faults.Seed, options.Faults.Pause);
        Faults = new EmulatedFaults(faults);
        options.Faults.Initial.ForEach(first => faults.Add(first.Fault, first.Probability));
        _services = new ModelServiceStore(options, _workspace);
        _apps = new AppStore();
        var surface = new OAuthHandler(options, oauth, _tokens, _addresses, _workspace);
        _dispatcher = new Dispatcher(options, _workspace, _services, surface, _tokens, _addresses, _apps);
        _server = new EmulatorServer(options, _addresses, _tokens, _dispatcher, faults, _apis);
        Workspace = options.Workspace;
        if (options.AddsDefaultEndpoints)
        {
            AddDefaults();
            AddDefaultServices();
        }
    }

    /// <summary>Gets the workspace URL, such as <c>http://127.0.0.1:5123/</c>.</summary>
    public Uri Host => _addresses.Workspace!;

    /// <summary>Gets the personal access token that is valid now.</summary>
    public string Token => _tokens.Current;

    /// <summary>Gets the client id of the service principal that the emulator starts with.</summary>
    public string ClientId { get; }

    /// <summary>Gets the OAuth secret of the service principal that the emulator starts with.</summary>
    public string ClientSecret { get; }

    /// <summary>Gets the OAuth endpoints, service principals and tokens of the workspace.</summary>
    public EmulatedOAuth OAuth { get; }

    /// <summary>Gets the fault injection for responses of every endpoint and address.</summary>
    public EmulatedFaults Faults { get; }

    /// <summary>Gets the kind of the workspace.</summary>
    public EmulatedWorkspace Workspace { get; }

    /// <summary>Gets all serving endpoints, ordered by name.</summary>
    public IReadOnlyList<EmulatedEndpoint> Endpoints =>
        [.. _workspace.Endpoints.Values.OrderBy(endpoint => endpoint.Name, StringComparer.Ordinal).Select(PublicEndpoint)];

    /// <summary>
    /// Gets the requests that were received completely, in order of arrival; <see cref="EmulatorLimitsOptions.MaxRecordedRequests"/> limits
    /// their number.
    /// </summary>
    public IReadOnlyList<RecordedRequest> Requests => _server.Requests;

    /// <summary>Starts an emulator.</summary>
    /// <param name="options">The options; null uses the defaults.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The running emulator. Disposing it closes all connections.</returns>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The user may not open the port.</exception>
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

    /// <summary>Gets a serving endpoint, or the endpoint behind a model service.</summary>
    /// <param name="name">The name of the endpoint, or of the model service, such as <c>system.ai.claude-sonnet-4-5</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="KeyNotFoundException">There is no such endpoint; the message lists the existing ones.</exception>
    public EmulatedEndpoint Endpoint(string name) =>
        _workspace.Endpoints.TryGetValue(name, out var endpoint)
            ? PublicEndpoint(endpoint)
            : _services.Find(name) is ModelService service ? PublicEndpoint(service.Endpoint) : throw new KeyNotFoundException(
                $"The emulator has no endpoint '{name}'. It has: {string.Join(", ", Endpoints.Select(known => known.Name))}.");

    /// <summary>Creates a personal access token. Older ones expire; OAuth tokens are not affected.</summary>
    /// <returns>The new token, also in <see cref="Token"/>.</returns>
    public string RotateToken() => _tokens.Rotate();

    /// <inheritdoc/>
    [SuppressMessage("Usage", "CA1816", Justification = "The class is sealed and has no finalizer.")]
    public async ValueTask DisposeAsync()
    {
        await _apps.DisposeAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        await _apis.DisposeAsync().ConfigureAwait(false);
    }

    internal void ExpireToken(int status) => _tokens.Expire(status);

    /// <summary>Returns the same public object for an endpoint each time.</summary>
    private EmulatedEndpoint PublicEndpoint(ServingEndpoint endpoint) =>
        _endpoints.GetValue(endpoint, state => new EmulatedEndpoint(this, state));
}
