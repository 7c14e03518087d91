using System.Net;
using System.Text.Json;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Discovery.Tools;

/// <summary><c>get_serving_endpoint</c>: everything that matters of one endpoint, read now.</summary>
internal sealed class GetTool(EndpointDirectory directory, ToolContext context) : EndpointTool(
    "get_serving_endpoint",
    "Gets one model service or serving endpoint: its state, " +
    "what it serves and in which versions, how traffic is shared, sizes, deployment " +
    "messages, tags, and what the model can do.",
    """{"type":"object","properties":{"name":{"type":"string","description":"The exact name of the model service or endpoint"}},"required":["name"]}""",
    context)
{
    protected override async Task<JsonElement> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var name = arguments.EndpointName();
        try
        {
            var profile = await directory.GetProfileAsync(name, cancellationToken).ConfigureAwait(false);
            return Write(writer => ProfileToJson.WriteDetails(writer, profile, text =>
                text.Length <= 500 ? text : $"{ToolJson.Prefix(text, 500)}…"));
        }
        catch (DatabricksServingException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            var similar = await SimilarAsync(name, cancellationToken).ConfigureAwait(false);
            var kind = name.Contains('.', StringComparison.Ordinal) ? "model service" : "endpoint";
            return Error($"There is no {kind} {SingleLineText.Quote(name, 100)}.{similar}");
        }
    }

    private async Task<string> SimilarAsync(string name, CancellationToken cancellationToken)
    {
        EndpointDirectorySnapshot snapshot;
        try
        {
            snapshot = await directory.GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DatabricksServingException)
        {
            // That the name does not exist is the result, also for a token that may not list others.
            return string.Empty;
        }

        var similar = SimilarNames.To(name, snapshot.Profiles.Select(profile => profile.Name));
        return similar.Count == 0 ? " list_serving_endpoints shows those there are." : $" Did you mean {string.Join(" or ", similar)}?";
    }
}
