using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Extensions;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator;

public sealed partial class DatabricksEmulator
{
    private readonly EmulatedApis _apis = new();

    /// <summary>The clock, for APIs of other packages.</summary>
    internal TimeProvider Clock => _options.TimeProvider;

    /// <summary>Adds an API that another package emulates.</summary>
    internal void AddApi(IEmulatedApi api) => _apis.Add(api);

    /// <summary>Sends a request to a model service or to an endpoint, as a function of the workspace does.</summary>
    /// <param name="name">The name: one with two dots is that of a model service.</param>
    /// <param name="body">The body of a chat request.</param>
    /// <param name="authorization">The authorization header of the caller.</param>
    /// <param name="request">The number of the request, from which its ids are derived.</param>
    /// <returns>The status and the document.</returns>
    internal BodyResponse QueryModel(string name, JsonObject body, string? authorization, long request) =>
        _dispatcher.QueryModel(name, body, authorization, new RequestIds(request));
}
