using Connectors.Databricks.Transport;
using Kind = Connectors.Databricks.DatabricksServingErrorKind;

namespace Connectors.Databricks.Surfaces;

/// <summary>
/// Decides what a refusal means for a route. On the gateway, 501 means a legacy name, and never that there is no gateway.
/// </summary>
internal static class RouteChanges
{
    public static RouteChange Of(ServingRoute route, Kind kind, DatabricksGatewayMode mode) =>
        mode == DatabricksGatewayMode.Never ? RouteChange.None :
        route.IsTentative ? OfTentative(kind) :
        route.IsMapped ? OfMapped(route, kind) :
        route.IsGateway ? OfGateway(route, kind, mode) :
        OfServingEndpoint(kind);

    private static RouteChange OfTentative(Kind kind) =>
        kind == Kind.ModelServiceNotFound || kind == Kind.PermissionDenied || kind == Kind.GatewayUnavailable
            || kind == Kind.LegacyNameRetired
            ? RouteChange.RejectTentative
            : RouteChange.None;

    private static RouteChange OfMapped(ServingRoute route, Kind kind) =>
        (route.IsGateway ? kind == Kind.ModelServiceNotFound || kind == Kind.GatewayUnavailable
            : kind == Kind.EndpointNotFound || ErrorKinds.RequiresGateway(kind))
            ? RouteChange.Forget
            : RouteChange.None;

    private static RouteChange OfGateway(ServingRoute route, Kind kind, DatabricksGatewayMode mode) =>
        ErrorKinds.IsUnityCatalogName(route.Name)
        ? kind == Kind.GatewayUnavailable && mode == DatabricksGatewayMode.Auto ? RouteChange.ToEndpoint : RouteChange.None
        : kind == Kind.LegacyNameRetired || kind == Kind.NotImplemented ? RouteChange.ToService
        : kind == Kind.ModelServiceNotFound || kind == Kind.GatewayUnavailable ? RouteChange.ToCustomEndpoint
        : RouteChange.None;

    private static RouteChange OfServingEndpoint(Kind kind) =>
        kind == Kind.ProvisionedThroughputDisabled ? RouteChange.ToThroughputService :
        ErrorKinds.RequiresGateway(kind) ? RouteChange.ToService :
        RouteChange.None;
}
