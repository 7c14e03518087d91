using System.Text.Json;

namespace Connectors.Databricks.Discovery.Tools;

/// <summary><c>list_serving_endpoints</c>: which endpoints there are, with filters.</summary>
internal sealed class ListTool(EndpointDirectory directory, ToolContext context) : EndpointTool(
    "list_serving_endpoints",
    "Lists the model services and the model serving endpoints of this Databricks workspace: name, whether each is ready, its kind, how " +
    "it is called (mode), its APIs, what it can do, context length, and whether its model is being retired. The name is what " +
    "GetChatClient or GetEmbeddingGenerator takes. Filters combine; leave out what does not matter.",
    """
    {"type":"object","properties":{
    "ready":{"type":"boolean","description":"true for endpoints that are ready for requests, false for those that are not"},
    "mode":{"type":"string","enum":["chat","responses","completion","embedding","prediction","features"],"description":"How the endpoint is called"},
    "type":{"type":"string","enum":["model-service","endpoint"],"description":"A model service of Unity Gateway, or a serving endpoint"},
    "api":{"type":"string","enum":["chat-completions","responses","embeddings"],"description":"An API it must support"},
    "kind":{"type":"string","enum":["pay-per-token","provisioned-throughput","external","custom","agent","feature"],"description":"How it came to serve"},
    "capability":{"type":"string","enum":["tools","structured-output","reasoning","image-input","audio-input","video-input","file-input"],"description":"What the model must be able to do"},
    "min_context_tokens":{"type":"integer","description":"The least context length"},
    "creator":{"type":"string","description":"Who made it"},
    "tag":{"type":"string","description":"A tag it must have, as key or key=value"},
    "name_contains":{"type":"string","description":"A part of the name of the endpoint or of its model"}}}
    """,
    context)
{
    // The length of the members next to the endpoints: count, note, and the name of 'stale'.
    private const int OtherMembers = 150;

    protected override async Task<JsonElement> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var filter = Filter(arguments);
        var snapshot = await directory.GetAsync(cancellationToken).ConfigureAwait(false);
        var found = snapshot.Where(filter);
        var stale = snapshot.Failure is { } failure
            ? $"Read {snapshot.Age.TotalMinutes:F0} minutes ago; reading again failed: " +
            $"{ToolJson.Shorten(failure.Message, Context.MaxResultLength / 4)}"
            : null;
        var maxLength = Context.MaxResultLength - OtherMembers - (stale is null ? 0 : ToolJson.LengthOf(stale))
            - (snapshot.Unreadable.Count > 0 ? Context.MaxResultLength / 8 : 0)
            - (snapshot.Notes.Count > 0 ? Context.MaxResultLength / 4 : 0);
        return Write(writer =>
        {
            writer.WriteNumber("count"u8, found.Count);
            var shown = BoundedList.Write(writer, "endpoints"u8, found, maxLength, ProfileToJson.WriteItem);
            if (shown < found.Count)
            {
                writer.WriteString("note"u8, $"Only the first {shown} of {found.Count} are shown. Use filters to see others.");
            }

            if (snapshot.Notes.Count > 0)
            {
                writer.WriteString("incomplete"u8, ToolJson.Shorten(string.Join(" ", snapshot.Notes), Context.MaxResultLength / 4));
            }

            if (snapshot.Unreadable.Count > 0)
            {
                writer.WriteString("unreadable"u8, ToolJson.Shorten(string.Join("; ", snapshot.Unreadable), Context.MaxResultLength / 8));
            }

            if (stale is not null)
            {
                writer.WriteString("stale"u8, stale);
            }
        });
    }

    private static DirectoryFilter Filter(ToolArguments arguments) => Filter(arguments, arguments.Text("tag")?.Split('=', 2));

    private static DirectoryFilter Filter(ToolArguments arguments, string[]? tag) => new()
    {
        IsReady = arguments.Flag("ready"),
        Mode = arguments.Word("mode", "chat", "responses", "completion", "embedding", "prediction", "features") is { } mode
            ? new EndpointMode(mode)
            : null,
        IsModelService = arguments.Word("type", "model-service", "endpoint") is { } type ? type == "model-service" : null,
        Api = arguments.Word("api", [.. ProfileToJson.ApiNames.Keys]) is { } api ? ProfileToJson.ApiNames[api] : null,
        Kind = arguments.Word("kind", "pay-per-token", "provisioned-throughput", "external", "custom", "agent", "feature") is { } kind
            ? new EndpointKind(kind)
            : null,
        Capabilities = arguments.Word("capability", [.. EndpointCapability.All.Select(capability => capability.Value)]) is { } capability
            ? [new EndpointCapability(capability)]
            : [],
        MinContextWindow = arguments.Number("min_context_tokens"),
        Creator = arguments.Text("creator"),
        TagKey = tag is [var key, ..] && key.Length > 0 ? key : null,
        TagValue = tag is [{ Length: > 0 }, var value] ? value : null,
        NameContains = arguments.Text("name_contains"),
    };
}
