using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator;

/// <summary>
/// One serving endpoint. It answers by itself; its methods queue scripted answers, which the next inference requests
/// consume in order. Methods that decorate an answer stand before the answer they decorate.
/// </summary>
public sealed partial class EmulatedEndpoint
{
    private readonly DatabricksEmulator _emulator;
    private readonly ServingEndpoint _endpoint;

    internal EmulatedEndpoint(DatabricksEmulator emulator, ServingEndpoint endpoint)
    {
        _emulator = emulator;
        _endpoint = endpoint;
    }

    /// <summary>The name in URLs and in <c>model</c>.</summary>
    public string Name => _endpoint.Name;

    /// <summary>The task of the endpoint, such as <c>llm/v1/chat</c>; null for a classic model.</summary>
    public string? Task => _endpoint.Task;

    /// <summary>How its answers are written; null when it serves no chat model.</summary>
    public EmulatedDialect? Dialect => Life.Model?.Chat?.Dialect;

    /// <summary>The name its answers carry in <c>model</c>.</summary>
    public string Model => Life.Model?.Upstream ?? Name;

    /// <summary>The name of the served entity that comes first, sent in <c>served-model-name</c> when that one answers.</summary>
    public string ServedEntityName => ServedEntityNames.Count > 0 ? ServedEntityNames[0] : Name;

    /// <summary>The names of what it serves, or is about to serve for the first time, in order.</summary>
    public IReadOnlyList<string> ServedEntityNames => [.. Life.State.Shown?.Entities.Select(entity => entity.Name) ?? []];

    /// <summary>The id the management API shows.</summary>
    public string Id => _endpoint.Id;

    /// <summary>Whether it is queried at <see cref="EndpointUrl"/>.</summary>
    public bool IsRouteOptimized => _endpoint.IsRouteOptimized;

    /// <summary>The whole address of a route-optimized endpoint, on a host and port of its own; null for the others.</summary>
    public Uri? EndpointUrl => _endpoint.EndpointUrl;

    /// <summary>The requests that named this endpoint so far, management and refused ones included.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _emulator.Requests.Where(request => request.EndpointName == Name)];

    private EndpointLifecycle Life => _endpoint.Life;

    /// <summary>Waits for the next request to this endpoint, management included, that no earlier call has returned.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The request, as soon as it has arrived whole; its answer may not have begun.</returns>
    public Task<RecordedRequest> WaitForRequestAsync(CancellationToken cancellationToken = default) =>
        _endpoint.Watch.WaitForRequestAsync(cancellationToken);

    /// <summary>Waits until an answer of this endpoint pauses on the emulator's clock, so that a test may move the clock.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes once the timer of the pause is set.</returns>
    public Task WaitForPauseAsync(CancellationToken cancellationToken = default) => _endpoint.Watch.WaitForPauseAsync(cancellationToken);

    /// <summary>From now on <c>stream_options</c> is an unknown field here, as on some serving endpoints.</summary>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint RefusesStreamOptions()
    {
        _endpoint.RefusesStreamOptions = true;
        return this;
    }

    /// <summary>From now on no request is refused for its content.</summary>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint AcceptsAnything()
    {
        _endpoint.AcceptsEverything = true;
        return this;
    }

    /// <summary>
    /// From now on every query gets a 403 that refers to Unity Gateway, as endpoints of AI Gateway v2 answer. The management API still
    /// shows it.
    /// </summary>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint MovesToUnityGateway()
    {
        _endpoint.IsMovedToGateway = true;
        return this;
    }

    /// <summary>
    /// From now on a request for more output tokens gets a 400: 25,000 on gpt-oss, 8,192 on Llama 4 Maverick were reported.
    /// </summary>
    /// <param name="maxTokens">The maximum.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint CapsOutputTokensAt(int maxTokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxTokens);
        _endpoint.MaxOutputTokens = maxTokens;
        return this;
    }

    /// <summary>
    /// Makes the endpoint route-optimized: from now on it is queried at <see cref="EndpointUrl"/>, with OAuth tokens whose
    /// <c>authorization_details</c> name it. The service makes such endpoints of custom models only; the emulator of any.
    /// </summary>
    /// <param name="keepsWorkspaceUrl">Whether the workspace still answers for it, as for endpoints made before 22 September 2025.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint OptimizesRoutes(bool keepsWorkspaceUrl = false)
    {
        _endpoint.OptimizeRoutes(keepsWorkspaceUrl);
        return this;
    }

    private EmulatedEndpoint Queue(QueuedResponse turn)
    {
        _endpoint.ResponseQueue.Add(turn);
        return this;
    }

    private EmulatedEndpoint Decorate(Func<ResponseModifiers, bool> isTaken, Func<ResponseModifiers, ResponseModifiers> decorate)
    {
        _endpoint.ResponseQueue.Decorate(isTaken, decorate);
        return this;
    }
}
