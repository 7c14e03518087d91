using System.Text.Json.Nodes;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>The accepted differences, each once. The table in <c>docs/semantic-kernel.md</c> has the same rows.</summary>
internal static partial class AcceptedDifferences
{
    private const string HttpOperation = "\"HttpOperationException\"";

    /// <summary>Those that may show in every case. The others are accepted only by the cases that name them.</summary>
    public static IReadOnlyList<AcceptedDifference> Everywhere => 
        [ModelInPath, NoStrict, NoRequired, NoTextWithCalls, ReportedModel, NoStreamOptions];

    private static bool IsExtended(JsonDifference one) =>
        one is { OpenAI: not null, Databricks: not null } && Text(one.Databricks).StartsWith(Text(one.OpenAI), StringComparison.Ordinal);

    private static bool IsMessage(string? json, string role) => Json(json) is JsonObject message && (string?)message["role"] == role;

    private static JsonNode? Typed(string? json) => Json(json?.StartsWith('"') is true ? Text(json) : json);

    private static string Text(string? json) => Json(json)?.GetValue<string>() ?? string.Empty;

    private static JsonNode? Json(string? json) => json is null ? null : JsonNode.Parse(json);
}
