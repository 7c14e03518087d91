using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>The state of one serving endpoint. <see cref="EmulatedEndpoint"/> is its public API.</summary>
internal sealed class ServingEndpoint(
    DatabricksEmulatorOptions options, EmulatorAddresses addresses, string name, string id, EndpointLifecycle life, ServingHistory record)
{
    public string Name => name;

    public string Id => id;

    public string? Task => life.Model?.Task;

    /// <summary>Whether queries use <see cref="EndpointUrl"/>.</summary>
    public bool IsRouteOptimized { get; private set; }

    /// <summary>Whether a route-optimized endpoint is also available at the workspace URL.</summary>
    public bool KeepsWorkspaceUrl { get; private set; }

    public Uri? EndpointUrl => IsRouteOptimized ? addresses.EndpointUrl(name) : null;

    public EndpointLifecycle Life => life;

    public ServingHistory Record => record;

    public RateLimitStore Rates { get; } = new();

    public ResponseQueue ResponseQueue { get; } = new();

    public RequestMonitor Watch { get; } = new();

    public IssuedReasoningStore Issued { get; } = new();

    public PromptCache Cache { get; } = new(options.Quirks.ClaudeCountsCachedTokensSeparately);

    public bool RefusesStreamOptions { get; set; }

    public bool AcceptsEverything { get; set; }

    public bool IsMovedToGateway { get; set; }

    public int? MaxOutputTokens { get; set; }

    public void OptimizeRoutes(bool keepsWorkspaceUrl = false) => (IsRouteOptimized, KeepsWorkspaceUrl) = (true, keepsWorkspaceUrl);
}
