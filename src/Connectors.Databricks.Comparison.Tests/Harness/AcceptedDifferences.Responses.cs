namespace Connectors.Databricks.Comparison.Tests.Harness;

// Responses, streams, exceptions and telemetry.
internal static partial class AcceptedDifferences
{
    public static AcceptedDifference EmptyUpdates { get; } = new(
        "Updates of a stream", "One for every chunk", "None for empty chunks", "result.Updates");

    public static AcceptedDifference LateFingerprint { get; } = new(
        "`SystemFingerprint` of a stream", "On every update", "On the last update", "result.First", one => one.Databricks is "null")
    { Api = DatabricksChatApi.ChatCompletions };

    public static AcceptedDifference CumulativeUsage { get; } = new(
        "Usage that grows from chunk to chunk", "On every update", "On the last update", "result.Updates.Usages");

    public static AcceptedDifference ReportedModel { get; } = new(
        "`ModelId` of a response", "The configured model", "The model that the service reports", "result.*ModelId");

    public static AcceptedDifference MetadataTypes { get; } = new(
        "`Usage` and `ContentTokenLogProbabilities` in the metadata", "Objects of the OpenAI package",
        "`UsageDetails`, and JSON or `null`", "result.(Usage|ContentTokenLogProbabilities)");

    public static AcceptedDifference MissingRole { get; } = new(
        "Response without a role", "Role `System`", "Role `Assistant`",
        "result.Responses#.Role", one => one is { OpenAI: "\"system\"", Databricks: "\"assistant\"" });

    public static AcceptedDifference FinishOfCalls { get; } = new(
        "Finish reason `stop` of a response with calls", "`Stop`", "`ToolCalls`",
        "result.*FinishReason", one => one is { OpenAI: "\"Stop\"", Databricks: "\"ToolCalls\"" });

    public static AcceptedDifference RefusalText { get; } = new(
        "Refusal", "In the metadata", "In the metadata and as the text of the message", "result.Message.(Content|Text|Items#)");

    public static AcceptedDifference OtherDialects { get; } = new(
        "Response with an unknown finish reason or none, or with reasoning in its content",
        "`ArgumentOutOfRangeException`", "The response",
        "result.(Type|Content)", one => one is { OpenAI: "\"ArgumentOutOfRangeException\"", Databricks: "null" } or { OpenAI: "null" });

    public static AcceptedDifference NoCompletion { get; } = new(
        "200 OK without a completion: an error object, no choices, not JSON",
        "`ArgumentOutOfRangeException` or `JsonException`", "`HttpOperationException`",
        "result.Type", one => one.Databricks is HttpOperation);

    public static AcceptedDifference BrokenStream { get; } = new(
        "Error event in a stream, or truncated stream", "The stream ends without an exception", "`HttpOperationException`",
        "result.Type", one => one is { OpenAI: "null", Databricks: HttpOperation });

    public static AcceptedDifference FailedStream { get; } = new(
        "Failed streaming request", "`ClientResultException` of the OpenAI package", "`HttpOperationException`",
        "result.Type", one => one is { OpenAI: "\"ClientResultException\"", Databricks: HttpOperation });

    public static AcceptedDifference FailedClient { get; } = new(
        "Failed request of a chat client or an embedding generator", "`ClientResultException` of the OpenAI package",
        "`DatabricksServingException`",
        "result.Type", one => one is { OpenAI: "\"ClientResultException\"", Databricks: "\"DatabricksServingException\"" });

    public static AcceptedDifference Activities { get; } = new(
        "Activities of requests", "Source `Microsoft.SemanticKernel.Diagnostics`, once enabled by its `AppContext` switch",
        "Source `Experimental.Microsoft.Extensions.AI`, with the `gen_ai.*` conventions", "result.Requests.*");

    public static AcceptedDifference TokenMeters { get; } = new(
        "Token counts", "Meter `Microsoft.SemanticKernel.Connectors.OpenAI`: `semantic_kernel.connectors.openai.tokens.*`",
        "Meter `Experimental.Microsoft.Extensions.AI`: `gen_ai.client.token.usage`", @"result.Tokens\..*");
}
