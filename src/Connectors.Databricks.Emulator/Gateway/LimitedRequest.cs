using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>A request as rate limits see it.</summary>
/// <param name="Service">The name of the service.</param>
/// <param name="Limits">Its <c>rate_limits</c>.</param>
/// <param name="Caller">A user, or the client id of a service principal.</param>
/// <param name="Tags">The request tags.</param>
/// <param name="Time">The time of the request.</param>
internal sealed record LimitedRequest(
    string Service,
    IReadOnlyList<JsonObject> Limits,
    string Caller,
    IReadOnlyDictionary<string, string> Tags,
    DateTimeOffset Time);
