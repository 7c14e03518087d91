using System.Net;
using System.Text.Json;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Endpoints.Tools;

/// <summary><c>get_serving_endpoint</c>: everything that matters of one endpoint, read now.</summary>
internal sealed class GetTool(ServingCatalog catalog, EndpointToolOptions options) : EndpointTool(
    "get_serving_endpoint",
    "Gets one model serving endpoint: its state, what it serves and in which versions, how traffic is shared, sizes, deployment messages, " +
    "tags, and what the model can do.",
    """{"type":"object","properties":{"name":{"type":"string","description":"The exact name of the endpoint"}},"required":["name"]}""",
    options)
{
    protected override async Task<JsonElement> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var name = arguments.EndpointName();
        try
        {
            var entry = await catalog.GetEntryAsync(name, cancellationToken).ConfigureAwait(false);
            return Write(writer => EntryToJson.WriteDetails(writer, entry, text => text.Length <= 500 ? text : $"{ToolJson.Prefix(text, 500)}…"));
        }
        catch (DatabricksServingException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return Error($"There is no endpoint {SingleLineText.Quote(name, 100)}.{await SimilarAsync(name, cancellationToken).ConfigureAwait(false)}");
        }
    }

    private async Task<string> SimilarAsync(string name, CancellationToken cancellationToken)
    {
        var snapshot = await catalog.GetAsync(cancellationToken).ConfigureAwait(false);
        var similar = SimilarNames.To(name, snapshot.Entries.Select(entry => entry.Name));
        return similar.Count == 0 ? " list_serving_endpoints shows those there are." : $" Did you mean {string.Join(" or ", similar)}?";
    }
}
