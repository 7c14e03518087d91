using System.Text.Json.Nodes;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>The accepted differences, each once. The table in <c>docs/semantic-kernel.md</c> has the same rows in the same order.</summary>
internal static class AcceptedDifferences
{
    private const string HttpOperation = "\"HttpOperationException\"";

    /// <summary>Those that may show in every case. The others are accepted only by the cases that name them.</summary>
    public static IReadOnlyList<AcceptedDifference> Everywhere => [ModelInPath, NoStrict, NoRequired, NoTextWithCalls, ReportedModel];

    public static AcceptedDifference ModelInPath { get; } = new(
        "Model of a request", "`model` in the body", "The endpoint name in the path",
        "requests#.model", one => one.Databricks is null);

    public static AcceptedDifference MaxTokens { get; } = new(
        "`MaxTokens`", "`max_completion_tokens`", "`max_tokens`", "requests#.max_(completion_)?tokens");

    public static AcceptedDifference DeveloperRole { get; } = new(
        "Developer message", "Role `developer`", "Role `system`",
        "requests#.messages#.role", one => one is { OpenAI: "\"developer\"", Databricks: "\"system\"" });

    public static AcceptedDifference SystemMessages { get; } = new(
        "Several system or developer messages", "Sent where they are", "Joined at the front of the conversation",
        "requests#.messages#(.content)?", one => IsExtended(one) || IsMessage(one.OpenAI, "system") && one.Databricks is null);

    public static AcceptedDifference EmptyMessage { get; } = new(
        "Assistant message without content", "An empty message", "Omitted",
        "requests#.messages#", one => IsMessage(one.OpenAI, "assistant") && one.Databricks is null);

    public static AcceptedDifference AuthorName { get; } = new(
        "`AuthorName` of a message", "`name`", "Omitted",
        "requests#.messages#.name", one => one.Databricks is null);

    public static AcceptedDifference RoleOfText { get; } = new(
        "Prompt of a text generation", "A system message", "A user message",
        "requests#.messages#.role", one => one is { OpenAI: "\"system\"", Databricks: "\"user\"" });

    public static AcceptedDifference EscapedUri { get; } = new(
        "`ImageContent` with escaped characters in its URI", "The URI is unescaped", "The URI is unchanged",
        "requests#.messages#.content#.image_url.url", one => Text(one.OpenAI) == Uri.UnescapeDataString(Text(one.Databricks)));

    public static AcceptedDifference EmbeddingFormat { get; } = new(
        "Format of embeddings", "`encoding_format: base64`", "`encoding_format` is omitted by default; both formats are read",
        "requests#.encoding_format", one => one is { OpenAI: "\"base64\"", Databricks: null });

    public static AcceptedDifference Audio { get; } = new(
        "`AudioContent`", "`input_audio`", "`audio_url` with a data URI",
        "requests#.messages#.content#.(type|input_audio|audio_url)");

    public static AcceptedDifference Placeholder { get; } = new(
        "Function choice without functions, as after `Required`", "A placeholder function and `tool_choice: none`",
        "No functions, unless the model requires the placeholder",
        "requests#.(tools|tool_choice)", one => one.Databricks is null);

    public static AcceptedDifference NoStrict { get; } = new(
        "Function without a strict schema", "`strict: false`", "`strict` is omitted",
        "requests#.tools#.function.strict", one => one is { OpenAI: "false", Databricks: null });

    public static AcceptedDifference NoRequired { get; } = new(
        "Function without parameters", "`required: []` in its schema", "`required` is omitted",
        "requests#.tools#.function.parameters.required", one => one is { OpenAI: "[]", Databricks: null });

    public static AcceptedDifference RequiredFunction { get; } = new(
        "`ToolCallBehavior.RequireFunction`", "`tool_choice` names the function", "`tool_choice: required` with that function alone",
        "requests#.tool_choice", one => one is { OpenAI: not null, Databricks: "\"required\"" });

    public static AcceptedDifference RecursiveType { get; } = new(
        "Recursive type of a parameter", "`$ref: #`, which is the schema of all parameters", "`$ref` to the schema of the type",
        @"requests#.tools#.function.parameters.*\.\$ref", one => one.OpenAI is "\"#\"");

    public static AcceptedDifference ClosedSchema { get; } = new(
        "Schema of a function of a chat client", "`additionalProperties: false` is added", "As declared",
        "requests#.tools#.function.parameters.additionalProperties", one => one is { OpenAI: "false", Databricks: null });

    public static AcceptedDifference DefaultToolChoice { get; } = new(
        "Functions of a chat client without a `ToolMode`", "`tool_choice: auto`", "`tool_choice` is omitted",
        "requests#.tool_choice", one => one is { OpenAI: "\"auto\"", Databricks: null });

    public static AcceptedDifference NoTextWithCalls { get; } = new(
        "Assistant message with calls and no text", "`content` is empty or omitted", "`content` is `null`",
        "requests#.messages#.content", one => one is { OpenAI: "\"\"" or null, Databricks: "null" });

    public static AcceptedDifference NameAsDeclared { get; } = new(
        "Function name in another letter case", "As the model wrote it", "As declared",
        "(result.History#.Items#|requests#.messages#.tool_calls#).*[nN]ame",
        one => string.Equals(one.OpenAI, one.Databricks, StringComparison.OrdinalIgnoreCase));

    public static AcceptedDifference CallWithoutId { get; } = new(
        "Call without an id", "`Id` is `null`: no result can answer it", "An id made from that of the answer",
        "result.*Items#.Id", one => one.OpenAI is "null" && one.Databricks is not "null");

    public static AcceptedDifference NoArguments { get; } = new(
        "Empty arguments", "Invalid JSON: the function is not invoked", "No arguments: the function is invoked",
        "result.History#.*|requests#.messages#.(content|tool_calls#.function.arguments)");

    public static AcceptedDifference InvalidArguments { get; } = new(
        "Arguments that are not a JSON object, in the next request", "As the model wrote them", "An object with `invalid_arguments`",
        "requests#.messages#.tool_calls#.function.arguments",
        one => one.Databricks!.StartsWith("{\"invalid_arguments\"", StringComparison.Ordinal));

    public static AcceptedDifference ArgumentTypes { get; } = new(
        "Numbers and nested values in the arguments of an earlier call", "Strings, once the history was saved",
        "As the model wrote them; strings if the OpenAI connector received the call",
        "requests#.messages#.tool_calls#.function.arguments.*", one => one.OpenAI!.Trim('"') == one.Databricks!.Trim('"'));

    public static AcceptedDifference ChangedArguments { get; } = new(
        "Arguments that a filter replaces, in the next request", "As the model wrote them", "As replaced",
        "requests#.messages#.tool_calls#.function.arguments.*");

    public static AcceptedDifference EmptyResult { get; } = new(
        "Empty result of a function", "An empty string", "Two quotation marks",
        "requests#.messages#.content", one => one is { OpenAI: "\"\"" } && Text(one.Databricks) == "\"\"");

    public static AcceptedDifference ImageResult { get; } = new(
        "`ImageContent` as the result of a function", "An error for the model", "The image, in a user message after the results",
        "requests#.messages#(.content)?",
        one => IsMessage(one.Databricks, "user") || Text(one.OpenAI).Contains("does not support image", StringComparison.Ordinal));

    public static AcceptedDifference ResultFromJson { get; } = new(
        "Text result of a function as a JSON value, as in saved histories", "Quoted as JSON once more", "Unchanged",
        "requests#.messages#.content", one => Text(one.OpenAI) is ['"', ..] quoted && Text(quoted) == Text(one.Databricks));

    public static AcceptedDifference StreamedCallMessage { get; } = new(
        "Message with the calls of a stream, in the history", "An empty text; the metadata of the last update",
        "No text; the metadata of the whole answer",
        "result.*History#.(Content|FinishReason|Items#)", one => one is
            { OpenAI: "\"\"", Databricks: "null" } or
            { OpenAI: "null", Databricks: "\"ToolCalls\"" } or
            { OpenAI: "{\"Text\":\"\"}", Databricks: null });

    public static AcceptedDifference StreamedArguments { get; } = new(
        "Nested arguments of a streamed call, in the updates", "With the model's whitespace", "Without whitespace",
        "result.Updates.Calls#.Arguments.*", one => JsonNode.DeepEquals(Json(Text(one.OpenAI)), Json(Text(one.Databricks))));

    public static AcceptedDifference EmptyUpdates { get; } = new(
        "Updates of a stream", "One for every chunk", "None for chunks that carry nothing", "result.Updates");

    public static AcceptedDifference LateFingerprint { get; } = new(
        "`SystemFingerprint` of a stream", "On every update", "On the last update", "result.First", one => one.Databricks is "null");

    public static AcceptedDifference CumulativeUsage { get; } = new(
        "Usage that grows from chunk to chunk", "On every update", "On the last update", "result.Updates.Usages");

    public static AcceptedDifference ReportedModel { get; } = new(
        "`ModelId` of an answer", "The model that the app configured", "The model that the service reports", "result.*ModelId");

    public static AcceptedDifference MetadataTypes { get; } = new(
        "`Usage` and `ContentTokenLogProbabilities` in the metadata", "Objects of the OpenAI package",
        "`UsageDetails`, and JSON or `null`", "result.(Usage|ContentTokenLogProbabilities)");

    public static AcceptedDifference MissingRole { get; } = new(
        "Answer without a role", "Role `System`", "Role `Assistant`",
        "result.Answers#.Role", one => one is { OpenAI: "\"system\"", Databricks: "\"assistant\"" });

    public static AcceptedDifference FinishOfCalls { get; } = new(
        "Finish reason `stop` of an answer with calls", "`Stop`", "`ToolCalls`",
        "result.*FinishReason", one => one is { OpenAI: "\"Stop\"", Databricks: "\"ToolCalls\"" });

    public static AcceptedDifference RefusalText { get; } = new(
        "Refusal", "In the metadata", "In the metadata and as the text of the message", "result.Message.(Content|Text|Items#)");

    public static AcceptedDifference OtherDialects { get; } = new(
        "Answer with a finish reason that OpenAI does not know, without one, or with reasoning in its content",
        "`ArgumentOutOfRangeException`", "The answer",
        "result.(Type|Content)", one => one is { OpenAI: "\"ArgumentOutOfRangeException\"", Databricks: "null" } or { OpenAI: "null" });

    public static AcceptedDifference NoAnswer { get; } = new(
        "Success status without an answer: an error object, no choices, not JSON",
        "`ArgumentOutOfRangeException` or `JsonException`", "`HttpOperationException`",
        "result.Type", one => one.Databricks is HttpOperation);

    public static AcceptedDifference BrokenStream { get; } = new(
        "Error event or early end in a stream", "The stream ends as if it were complete", "`HttpOperationException`",
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
        "Meter `Experimental.Microsoft.Extensions.AI`: `gen_ai.client.token.usage`", "result.Tokens.*");

    private static bool IsExtended(JsonDifference one) =>
        one is { OpenAI: not null, Databricks: not null } && Text(one.Databricks).StartsWith(Text(one.OpenAI), StringComparison.Ordinal);

    private static bool IsMessage(string? json, string role) => Json(json) is JsonObject message && (string?)message["role"] == role;

    private static string Text(string? json) => Json(json)?.GetValue<string>() ?? string.Empty;

    private static JsonNode? Json(string? json) => json is null ? null : JsonNode.Parse(json);
}
