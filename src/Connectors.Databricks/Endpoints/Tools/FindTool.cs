using System.Text.Json;

namespace Connectors.Databricks.Endpoints.Tools;

/// <summary><c>find_endpoint_for</c>: a task in words, and the endpoints that may do for it.</summary>
internal sealed class FindTool(ServingCatalog catalog, EndpointToolOptions options) : EndpointTool(
    "find_endpoint_for",
    "Finds the endpoints of this workspace that fit a task described in words, best first, each with what speaks for it and against it. " +
    "Example: 'read screenshots and answer with JSON', 'embed product texts for search', 'score customers for churn'.",
    """
    {"type":"object","properties":{"task":{"type":"string","description":"The task, in a few words of English"},
    "limit":{"type":"integer","description":"How many to name, 5 by default"}},"required":["task"]}
    """,
    options)
{
    private const int Usual = 5;
    private const int Most = 20;

    // The length of the members beside the endpoints.
    private const int OtherMembers = 120;

    protected override async Task<JsonElement> RunAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var task = arguments.Required("task");
        var limit = Math.Clamp(arguments.Number("limit") ?? Usual, 1, Most);
        var snapshot = await catalog.GetAsync(cancellationToken).ConfigureAwait(false);
        var ranked = snapshot.RankFor(task);
        return Write(writer =>
        {
            if (ranked.Count == 0)
            {
                writer.WriteString("note"u8, "No endpoint fits. list_serving_endpoints shows those there are.");
            }

            var named = Math.Min(limit, ranked.Count);
            var shown = EntryList.Write(writer, "endpoints"u8, ranked.Take(limit), Options.MaxResultLength - OtherMembers, WriteRecommendation);
            if (shown < named)
            {
                writer.WriteString("note"u8, $"Only the best {shown} of {named} are shown: the result would be too long.");
            }
        });
    }

    private static void WriteRecommendation(Utf8JsonWriter writer, EndpointRecommendation recommendation)
    {
        EntryToJson.WriteSummary(writer, recommendation.Entry);
        WriteTexts(writer, "for"u8, recommendation.Reasons);
        WriteTexts(writer, "against"u8, recommendation.Cautions);
    }

    private static void WriteTexts(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
