using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator;

/// <summary>
/// A serving endpoint. It responds automatically; its methods queue scripted responses, which the next inference requests consume in order.
/// A method that modifies a response applies to the response queued after it.
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

    /// <summary>Gets the name in URLs and in <c>model</c>.</summary>
    public string Name => _endpoint.Name;

    /// <summary>Gets the task, such as <c>llm/v1/chat</c>; null for a classic model.</summary>
    public string? Task => _endpoint.Task;

    /// <summary>Gets the model family that writes the responses; null when the endpoint serves no chat model.</summary>
    public EmulatedDialect? Dialect => Life.Model?.Chat?.Dialect;

    /// <summary>Gets the value of <c>model</c> in responses.</summary>
    public string Model => Life.Model?.Upstream ?? Name;

    /// <summary>Gets the name of the first served entity, sent in <c>served-model-name</c> when it responds.</summary>
    public string ServedEntityName => ServedEntityNames.Count > 0 ? ServedEntityNames[0] : Name;

    /// <summary>Gets the names of the served entities, or of those in the first deployment, in order.</summary>
    public IReadOnlyList<string> ServedEntityNames => [.. Life.State.Shown?.Entities.Select(entity => entity.Name) ?? []];

    /// <summary>Gets the id in the management API.</summary>
    public string Id => _endpoint.Id;

    /// <summary>Gets a value indicating whether the endpoint is queried at <see cref="EndpointUrl"/>.</summary>
    public bool IsRouteOptimized => _endpoint.IsRouteOptimized;

    /// <summary>Gets the URL of a route-optimized endpoint, on a host and port of its own; null for other endpoints.</summary>
    public Uri? EndpointUrl => _endpoint.EndpointUrl;

    /// <summary>Gets the requests that named this endpoint, including management requests and rejected ones.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _emulator.Requests.Where(request => request.EndpointName == Name)];

    /// <summary>Whether a workspace that enforces Unity Gateway rejects queries of the endpoint with 403.</summary>
    internal bool IsMovedByEnforcement =>
        Life.State.Shown?.Entities is [{ Kind: EntityKind.PayPerToken or EntityKind.Provisioned }, ..];

    private EndpointLifecycle Life => _endpoint.Life;

    /// <summary>Waits for the next request to this endpoint, including management requests, that no earlier call has returned.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The request, once it is received completely; its response may not have started.</returns>
    public Task<RecordedRequest> WaitForRequestAsync(CancellationToken cancellationToken = default) =>
        _endpoint.Watch.WaitForRequestAsync(cancellationToken);

    /// <summary>Waits until a response pauses on the emulator's clock, so that a test can advance the clock.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes once the timer of the pause is set.</returns>
    public Task WaitForPauseAsync(CancellationToken cancellationToken = default) => _endpoint.Watch.WaitForPauseAsync(cancellationToken);

    /// <summary>Rejects <c>stream_options</c> as an unknown field from now on, as some serving endpoints do.</summary>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint RefusesStreamOptions()
    {
        _endpoint.RefusesStreamOptions = true;
        return this;
    }

    /// <summary>Disables the validation of request bodies from now on.</summary>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint AcceptsAnything()
    {
        _endpoint.AcceptsEverything = true;
        return this;
    }

    /// <summary>
    /// Rejects every later query with a 403 that refers to Unity Gateway, as endpoints of AI Gateway v2 do. The management API still lists
    /// the endpoint.
    /// </summary>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint MovesToUnityGateway()
    {
        _endpoint.IsMovedToGateway = true;
        return this;
    }

    /// <summary>
    /// Rejects later requests for more output tokens with 400. Reported limits: 25,000 for gpt-oss, 8,192 for Llama 4 Maverick.
    /// </summary>
    /// <param name="maxTokens">The maximum.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint CapsOutputTokensAt(int maxTokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxTokens);
        _endpoint.MaxOutputTokens = maxTokens;
        return this;
    }

    /// <summary>
    /// Makes the endpoint route-optimized: from now on it is queried at <see cref="EndpointUrl"/>, with OAuth tokens whose
    /// <c>authorization_details</c> name it. The service supports this for custom models only; the emulator for every kind.
    /// </summary>
    /// <param name="keepsWorkspaceUrl">Whether the workspace URL still works, as for endpoints created before 22 September 2025.</param>
    /// <returns>The same endpoint, for chaining.</returns>
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
