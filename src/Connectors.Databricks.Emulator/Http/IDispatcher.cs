using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>Finds the endpoint of a route and answers the request.</summary>
internal interface IDispatcher
{
    EmulatedEndpoint? Find(Route route);

    HttpAnswer Answer(EmulatorCall call);
}

/// <summary>An admitted request. <see cref="Json"/> is null when the body is no JSON object.</summary>
internal sealed record EmulatorCall(string Method, string Path, Route Route, EmulatedEndpoint? Endpoint, JsonObject? Json, Ids Ids);
