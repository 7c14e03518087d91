namespace Connectors.Databricks.Comparison.Tests.Harness;

// Requests, but for functions and their calls.
internal static partial class AcceptedDifferences
{
    public static AcceptedDifference ModelInPath { get; } = new(
        "Model of a request", "`model` in the body", "The endpoint name in the path",
        "requests#.model", one => one.Databricks is null)
    { Api = DatabricksChatApi.ChatCompletions };

    public static AcceptedDifference MaxTokens { get; } = new(
        "`MaxTokens`", "`max_completion_tokens`", "`max_tokens`", "requests#.max_(completion_)?tokens")
    { Api = DatabricksChatApi.ChatCompletions };

    public static AcceptedDifference DeveloperRole { get; } = new(
        "Developer message", "Role `developer`", "Role `system`",
        "requests#.messages#.role", one => one is { OpenAI: "\"developer\"", Databricks: "\"system\"" });

    public static AcceptedDifference SystemMessages { get; } = new(
        "Several system or developer messages", "Sent where they are", "Joined at the front of the conversation",
        "requests#.messages#(.content)?", one => IsExtended(one) || IsMessage(one.OpenAI, "system") && one.Databricks is null);

    public static AcceptedDifference EmptyMessage { get; } = new(
        "Assistant message without content", "An empty message", "Omitted",
        "requests#.messages#", one => IsMessage(one.OpenAI, "assistant") && one.Databricks is null);

    public static AcceptedDifference OtherRole { get; } = new(
        "Custom author role", "`NotSupportedException`", "Sent with that role",
        "result.Type|requests#.messages#.(role|content)");

    public static AcceptedDifference AuthorName { get; } = new(
        "`AuthorName` of a message", "`name`", "Omitted",
        "requests#.messages#.name", one => one.Databricks is null);

    public static AcceptedDifference RoleOfText { get; } = new(
        "Prompt of a text generation", "A system message", "A user message",
        "requests#.messages#.role", one => one is { OpenAI: "\"system\"", Databricks: "\"user\"" });

    public static AcceptedDifference EmbeddingFormat { get; } = new(
        "Format of embeddings", "`encoding_format: base64`", "`encoding_format` is omitted by default; both formats are read",
        "requests#.encoding_format", one => one is { OpenAI: "\"base64\"", Databricks: null });

    public static AcceptedDifference Audio { get; } = new(
        "`AudioContent`", "`input_audio`", "`audio_url` with a data URI",
        "requests#.messages#.content#.(type|input_audio|audio_url)")
    { Api = DatabricksChatApi.ChatCompletions };

    public static AcceptedDifference FileName { get; } = new(
        "`BinaryContent`", "A random file name", "The file name `document` with the extension of the type",
        "requests#.messages#.content#.file.filename")
    { Api = DatabricksChatApi.ChatCompletions };

    public static AcceptedDifference NotStrictFormat { get; } = new(
        "Response format of a type with a dictionary", "`strict: true`, which the service rejects", "`strict` is omitted",
        "requests#.response_format.json_schema.strict", one => one is { OpenAI: "true", Databricks: null });

    public static AcceptedDifference ExtraSettings { get; } = new(
        "Settings without a counterpart in `ChatOptions`, with a chat client",
        "Ignored: `User`, `Logprobs`, `TokenSelectionBiases`, `Metadata`, `Store`", "Sent",
        "requests#.(user|(top_)?logprobs|logit_bias|metadata|store)", one => one.OpenAI is null);

    public static AcceptedDifference ExtraBody { get; } = new(
        "`OpenAIPromptExecutionSettings.ExtraBody` with a chat client", "Sent", "Ignored: use `DatabricksPromptExecutionSettings`",
        "requests#.(top_k|thinking)", one => one.Databricks is null);
}
