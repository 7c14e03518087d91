using Connectors.Databricks.Transport;

namespace Connectors.Databricks.TextCompletions;

/// <summary>Error hints of text completions.</summary>
internal static class CompletionErrorHints
{
    public const string WrongTask =
        "This endpoint does not support text completions. If its task is chat, call GetChatClient(name).GetResponseAsync; " +
        "use GetEmbeddingGenerator for embeddings and PredictAsync for classic models.";

    // Each model family has its own message for an unknown field; all contain its name (serving reference §3.6).
    public static string? For(int status, ServiceError error) =>
        status == 400 && error is { Guardrail: null, IsHtml: false, Message: { } words } && SpeaksOfTask(words) ? WrongTask : null;

    private static bool SpeaksOfTask(string words) =>
        Names(words, "prompt") || words.Contains("messages", StringComparison.OrdinalIgnoreCase) ||
        words.Contains("dataframe_split", StringComparison.Ordinal);

    // In quotes or before a colon; messages about prompts that are too long contain neither.
    private static bool Names(string words, string field) =>
        words.Contains($"\"{field}\"", StringComparison.Ordinal) || words.Contains($"'{field}'", StringComparison.Ordinal) ||
        words.StartsWith($"{field}: Extra", StringComparison.Ordinal);
}
