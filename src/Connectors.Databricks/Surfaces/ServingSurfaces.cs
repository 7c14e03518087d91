using System.Collections.Concurrent;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Surfaces;

/// <summary>
/// Decides where a name is served. Names are sent as they are until the workspace refuses one; then its own data map the name, once for all
/// concurrent callers, and later calls use the mapping without a further request.
/// </summary>
internal sealed class ServingSurfaces
{
    /// <summary>
    /// The maximum number of changes of the route per call: a mapping that is out of date, its replacement, and that one's refusal.
    /// </summary>
    private const int MaxReroutes = 3;

    /// <summary>The maximum time a call waits for the lookups of a mapping.</summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private readonly DatabricksGatewayMode _mode;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly GatewayAddresses _addresses;
    private readonly NameMapper _mapper;
    private readonly LearnedRoutes _learned;
    private readonly ConcurrentDictionary<string, SingleFlight<LearnedRoutes.Entry>> _flights = new(StringComparer.Ordinal);

    public ServingSurfaces(DatabricksServingOptions settings, ServingTransport transport)
    {
        _mode = settings.Gateway;
        _timeProvider = settings.TimeProvider;
        _logger = transport.Logger;
        _addresses = new GatewayAddresses(settings.Host);
        Workspace = new WorkspaceNames(settings, transport);
        _mapper = new NameMapper(Workspace);
        _learned = new LearnedRoutes(settings.TimeProvider);
    }

    public WorkspaceNames Workspace { get; }

    /// <summary>The route of a name before the workspace has taught another one.</summary>
    public ServingRoute DefaultFor(string name) => new(
        name, _mode == DatabricksGatewayMode.Always || (_mode == DatabricksGatewayMode.Auto && ErrorKinds.IsUnityCatalogName(name)), name,
            _addresses);

    /// <summary>The route that a call uses; a lookup without a request.</summary>
    public ServingRoute Current(ServingRoute defaultRoute) => _learned.Find(defaultRoute.Name)?.Route ?? defaultRoute;

    /// <inheritdoc cref="Current(ServingRoute)"/>
    public ServingRoute Current(string name) => _learned.Find(name)?.Route ?? DefaultFor(name);

    /// <summary>Whether a rejection is about the surface, so that another route may succeed.</summary>
    /// <param name="route">The route that was refused.</param>
    /// <param name="refusal">The refusal.</param>
    /// <param name="reroutes">How often the call has changed its route.</param>
    public bool CanReroute(ServingRoute route, DatabricksServingException refusal, int reroutes) =>
        reroutes < MaxReroutes && RouteChanges.Of(route, refusal.Kind, _mode) != RouteChange.None;

    /// <summary>Finds another route for a name.</summary>
    /// <param name="call">The call that was refused.</param>
    /// <param name="route">Its route.</param>
    /// <param name="refusal">The refusal.</param>
    /// <param name="cancellationToken">Cancels the wait; other callers may wait for the same mapping.</param>
    /// <returns>The route to use.</returns>
    /// <exception cref="DatabricksServingException">There is none: the refusal, with what was found and what to do.</exception>
    public async ValueTask<ServingRoute> RerouteAsync(
        ServingCall call, ServingRoute route, DatabricksServingException refusal, CancellationToken cancellationToken)
    {
        if (_learned.Find(route.Name) is { Route: { } learned } && !ReferenceEquals(learned, route))
        {
            // Another call has cached it in the meantime.
            return learned;
        }

        var change = RouteChanges.Of(route, refusal.Kind, _mode);
        switch (change)
        {
            case RouteChange.Forget:
                _learned.Remove(route);
                return DefaultFor(route.Name);
            case RouteChange.RejectTentative:
                var advice = $"The endpoint serves '{route.Target}', which this token cannot call as a model service, and the model " +
                    "services cannot be " +
                    "listed. Pass the name of the model service instead of the endpoint name, or ask for EXECUTE on it.";
                _learned.AddFailure(route.Name, advice);
                throw SurfaceExceptions.NotMapped(call, route.Refusal ?? refusal, advice, refusal);
            default:
                var entry = await LearnAsync(route, change, refusal, cancellationToken).ConfigureAwait(false);
                return entry.Route ?? throw SurfaceExceptions.NotMapped(call, refusal, entry.Advice!);
        }
    }

    /// <summary>Finds the serving endpoint of a model service in a workspace without Unity Gateway; it is not cached.</summary>
    /// <param name="serviceName">The model service.</param>
    /// <param name="cancellationToken">Cancels the lookups.</param>
    /// <returns>The name of the endpoint, or what to do when there is no such endpoint, or several.</returns>
    public async Task<(string? EndpointName, string Advice)> FindEndpointAsync(string serviceName, CancellationToken cancellationToken)
    {
        if (_learned.Find(serviceName)?.Route is { IsGateway: false } known)
        {
            return (known.Target, string.Empty);
        }

        var mapping = await _mapper.ToEndpointAsync(serviceName, cancellationToken).ConfigureAwait(false);
        return (mapping.Target, mapping.Advice);
    }

    /// <summary>Whether names are called on Unity Gateway at all.</summary>
    public bool UsesGateway => _mode != DatabricksGatewayMode.Never;

    private async Task<LearnedRoutes.Entry> LearnAsync(
        ServingRoute route, RouteChange change, DatabricksServingException refusal, CancellationToken cancellationToken)
    {
        var flight = _flights.GetOrAdd(
            route.Name, (_, self) => new(stop => self.LearnOnceAsync(route, change, refusal, stop)), this);
        try
        {
            return await flight.RunAsync(cancellationToken).WaitAsync(MaxWait, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new LearnedRoutes.Entry(
                null, $"The model services could not be read within {MaxWait}. Try again, or pass the name of one.");
        }
    }

    // The lookups end after the callers that were canceled or waited too long; until then, others join them.
    private async Task<LearnedRoutes.Entry> LearnOnceAsync(
        ServingRoute route, RouteChange change, DatabricksServingException refusal, CancellationToken cancellationToken)
    {
        try
        {
            return await LookUpAsync(route, change, refusal, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _flights.TryRemove(route.Name, out _);
        }
    }

    private async Task<LearnedRoutes.Entry> LookUpAsync(
        ServingRoute route, RouteChange change, DatabricksServingException refusal, CancellationToken cancellationToken)
    {
        // A caller may have been refused before an earlier flight ended, and arrive after it.
        if (_learned.Find(route.Name) is { } known && !(known.Route is not null && ReferenceEquals(known.Route, route)))
        {
            return known;
        }

        var hasGateway = refusal.Kind != DatabricksServingErrorKind.GatewayUnavailable;
        var mapping = await MapAsync(route.Name, change, hasGateway, cancellationToken).ConfigureAwait(false);
        if (mapping.Target is not { } target)
        {
            if (!mapping.IsIncomplete)
            {
                _learned.AddFailure(route.Name, mapping.Advice);
            }

            return new LearnedRoutes.Entry(null, mapping.Advice);
        }

        var mapped = mapping.IsCustom
            ? new ServingRoute(route.Name, isGateway: false, target, _addresses)
            : MappedRoute(route.Name, target, change, mapping, refusal);
        _learned.Add(mapped);
        if (mapped.Adjustment is { } adjustment)
        {
            Log.NameMapped(_logger, route.Name, adjustment.Change, adjustment.Reason);
        }

        return new LearnedRoutes.Entry(mapped, null);
    }

    private Task<NameMapping> MapAsync(
        string name, RouteChange change, bool hasGateway, CancellationToken cancellationToken) => change switch
    {
        RouteChange.ToEndpoint => _mapper.ToEndpointAsync(name, cancellationToken),
        RouteChange.ToCustomEndpoint => _mapper.CustomOrServiceAsync(name, hasGateway, cancellationToken),
        _ => _mapper.ToServiceAsync(name, isThroughput: change == RouteChange.ToThroughputService, cancellationToken),
    };

    private ServingRoute MappedRoute(
        string name, string target, RouteChange change, NameMapping mapping, DatabricksServingException refusal)
    {
        var toEndpoint = change == RouteChange.ToEndpoint;
        return new ServingRoute(name, isGateway: !toEndpoint, target, _addresses)
        {
            ServedModel = mapping.Model,
            IsTentative = mapping.IsTentative,
            Refusal = mapping.IsTentative ? refusal : null,
            Adjustment = new DatabricksRequestAdjustment(
                "model",
                toEndpoint ? $"sent to the serving endpoint '{target}'" : $"sent to the model service '{target}' on Unity Gateway",
                toEndpoint ? "the workspace has no Unity Gateway" : $"the workspace requires Unity Gateway for it ({refusal.Kind})",
                affectsAnswer: false),
        };
    }
}
