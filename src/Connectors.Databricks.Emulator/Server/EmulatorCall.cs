using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Gateway;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Server;

/// <summary>An admitted request. <see cref="Json"/> is null when the body is no JSON object.</summary>
internal sealed record EmulatorCall(
    RecordedRequest Request,
    Route Route,
    ServingEndpoint? Endpoint,
    ModelService? Service,
    JsonObject? Json,
    RequestIds Ids)
{
    public string? Authorization => Request.Headers.GetValueOrDefault("authorization");
}
