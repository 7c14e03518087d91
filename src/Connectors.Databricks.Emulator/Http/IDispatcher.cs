using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>Finds the endpoint of a route and answers the request.</summary>
internal interface IDispatcher
{
    EmulatedEndpoint? Find(Route route);

    /// <summary>What tests may wait for at a route; null when nothing is there.</summary>
    RequestWatch? Watch(Route route);

    HttpAnswer Answer(EmulatorCall call);

    /// <summary>An answer is about to be complete, or was broken off. Called once for each.</summary>
    void Finished(EmulatorCall call, HttpAnswer answer, TimeSpan elapsed);
}

/// <summary>An admitted request. <see cref="Json"/> is null when the body is no JSON object.</summary>
internal sealed record EmulatorCall(RecordedRequest Request, Route Route, EmulatedEndpoint? Endpoint, JsonObject? Json, Ids Ids);
