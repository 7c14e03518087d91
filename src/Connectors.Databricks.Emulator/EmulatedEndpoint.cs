using Connectors.Databricks.Emulator.Behaviours;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Management;

namespace Connectors.Databricks.Emulator;

/// <summary>
/// One serving endpoint. It answers by itself; its methods queue scripted answers, which the next inference requests
/// consume in order. Methods that decorate an answer stand before the answer they decorate.
/// </summary>
public sealed partial class EmulatedEndpoint
{
    private readonly DatabricksEmulator _emulator;
    private readonly EmulatorAddresses _addresses;
    private readonly DatabricksEmulatorOptions _options;

    internal EmulatedEndpoint(
        DatabricksEmulator emulator,
        EmulatorAddresses addresses,
        DatabricksEmulatorOptions options,
        string name,
        string id,
        EndpointLife life,
        ServingRecord record)
    {
        _emulator = emulator;
        _addresses = addresses;
        _options = options;
        Name = name;
        Id = id;
        Life = life;
        Record = record;
        Rates = new RateBook(options.TimeProvider);
    }

    /// <summary>The name in URLs and in <c>model</c>.</summary>
    public string Name { get; }

    /// <summary>The task of the endpoint, such as <c>llm/v1/chat</c>; null for a classic model.</summary>
    public string? Task => Life.Model?.Task;

    /// <summary>How its answers are written; null when it serves no chat model.</summary>
    public EmulatedDialect? Dialect => Life.Model?.Chat?.Dialect;

    /// <summary>The name its answers carry in <c>model</c>.</summary>
    public string Model => Life.Model?.Upstream ?? Name;

    /// <summary>The name of the served entity that comes first, sent in <c>served-model-name</c> when that one answers.</summary>
    public string ServedEntityName => ServedEntityNames.Count > 0 ? ServedEntityNames[0] : Name;

    /// <summary>The names of what it serves, or is about to serve for the first time, in order.</summary>
    public IReadOnlyList<string> ServedEntityNames => [.. Life.State.Shown?.Entities.Select(entity => entity.Name) ?? []];

    /// <summary>The id the management API shows.</summary>
    public string Id { get; }

    /// <summary>Whether it is queried at <see cref="EndpointUrl"/>.</summary>
    public bool IsRouteOptimized { get; private set; }

    /// <summary>The whole address of a route-optimized endpoint, on a host and port of its own; null for the others.</summary>
    public Uri? EndpointUrl => IsRouteOptimized ? _addresses.EndpointUrl(Name) : null;

    /// <summary>The requests that named this endpoint so far, management and refused ones included.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _emulator.Requests.Where(request => request.EndpointName == Name)];

    internal bool KeepsWorkspaceUrl { get; private set; }

    internal EndpointLife Life { get; }

    internal ServingRecord Record { get; }

    internal RateBook Rates { get; }

    internal Script Script { get; } = new();

    internal RequestWatch Watch { get; } = new();

    internal IssuedReasoning Issued { get; } = new();

    internal PromptCache Cache { get; } = new();

    internal bool RefusesStreamOptionsNow { get; private set; }

    internal bool AcceptsEverything { get; private set; }

    internal bool IsMovedToGateway { get; private set; }

    internal int? MaxOutputTokens { get; private set; }

    /// <summary>Waits for the next request to this endpoint, management included, that no earlier call has returned.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The request, as soon as it has arrived whole; its answer may not have begun.</returns>
    public Task<RecordedRequest> WaitForRequestAsync(CancellationToken cancellationToken = default) =>
        Watch.WaitForRequestAsync(cancellationToken);

    /// <summary>Waits until an answer of this endpoint pauses on the emulator's clock, so that a test may move the clock.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes once the timer of the pause is set.</returns>
    public Task WaitForPauseAsync(CancellationToken cancellationToken = default) => Watch.WaitForPauseAsync(cancellationToken);

    /// <summary>From now on <c>stream_options</c> is an unknown field here, as on some serving endpoints.</summary>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint RefusesStreamOptions()
    {
        RefusesStreamOptionsNow = true;
        return this;
    }

    /// <summary>From now on no request is refused for its content.</summary>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint AcceptsAnything()
    {
        AcceptsEverything = true;
        return this;
    }

    /// <summary>
    /// From now on every query gets a 403 that refers to Unity Gateway, as endpoints of AI Gateway v2 answer. The management API still shows it.
    /// </summary>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint MovesToUnityGateway()
    {
        IsMovedToGateway = true;
        return this;
    }

    /// <summary>From now on a request for more output tokens gets a 400: 25,000 on gpt-oss, 8,192 on Llama 4 Maverick were reported.</summary>
    /// <param name="maxTokens">The maximum.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint CapsOutputTokensAt(int maxTokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxTokens);
        MaxOutputTokens = maxTokens;
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
        IsRouteOptimized = true;
        KeepsWorkspaceUrl = keepsWorkspaceUrl;
        return this;
    }

    private EmulatedEndpoint Queue(Turn turn)
    {
        Script.Add(turn);
        return this;
    }

    private EmulatedEndpoint Decorate(Func<Decoration, bool> isTaken, Func<Decoration, Decoration> decorate)
    {
        Script.Decorate(isTaken, decorate);
        return this;
    }
}
