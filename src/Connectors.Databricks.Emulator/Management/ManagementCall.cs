using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Management;

/// <summary>A request to the management API. <see cref="Json"/> is null when the body is not a JSON object.</summary>
internal sealed record ManagementCall(ManagementTarget Target, ServingEndpoint? Endpoint, JsonObject? Json, RequestIds Ids);
