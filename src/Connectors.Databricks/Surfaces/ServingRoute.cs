using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Surfaces;

/// <summary>Where calls to one name go: a serving endpoint, or a model service on Unity Gateway. Immutable and shared by calls.</summary>
/// <param name="name">The name that the caller uses.</param>
/// <param name="isGateway">Whether calls go to Unity Gateway, with the target in the body.</param>
/// <param name="target">The name that is sent: of the serving endpoint, or of the model service.</param>
/// <param name="addresses">The addresses of Unity Gateway, which all names share.</param>
internal sealed class ServingRoute(string name, bool isGateway, string target, GatewayAddresses addresses)
{
    private Uri? _invocations;

    public string Name => name;

    public bool IsGateway => isGateway;

    public string Target => target;

    /// <summary>The model in the request body; null for a serving endpoint, which has its name in the path.</summary>
    public string? BodyModel => isGateway ? target : null;

    /// <summary>The model behind the target, where the mapping has read it.</summary>
    public string? ServedModel { get; init; }

    /// <summary>How the response reports a mapping; null for a name that is sent as it is.</summary>
    public DatabricksRequestAdjustment? Adjustment { get; init; }

    public bool IsMapped => Adjustment is not null;

    /// <summary>Whether the target could not be looked up, so that its response decides.</summary>
    public bool IsTentative { get; init; }

    /// <summary>The refusal that led to a tentative route.</summary>
    public DatabricksServingException? Refusal { get; init; }

    /// <summary>Whether a task of the name is served on Unity Gateway: a few paths exist on one surface only.</summary>
    public bool IsOnGateway(SurfaceTask task) => task switch
    {
        SurfaceTask.OpenResponses or SurfaceTask.InvocationsResponses => false,
        SurfaceTask.UnifiedResponses or SurfaceTask.OpenAIResponses => true,
        _ => isGateway,
    };

    public Uri Address(SurfaceTask task) => task switch
    {
        SurfaceTask.OpenResponses => addresses.ServingOpenResponses,
        _ when IsOnGateway(task) => addresses.Of(task),
        SurfaceTask.Responses => addresses.ServingResponses,
        _ => _invocations ??= EndpointPath.Invocations(addresses.Host, target),
    };
}
