using Connectors.Databricks.Transport;

namespace Connectors.Databricks.TextCompletions;

/// <summary>Error hints of text completions.</summary>
internal static class CompletionErrorHints
{
    public const string WrongTask =
        "This endpoint takes no prompts. If its task is chat, call GetChatClient(name).GetResponseAsync; " +
        "GetEmbeddingGenerator is for embeddings, PredictAsync for classic models.";

    // Each family has its own message for an unknown field; all of them name it (serving reference §3.6).
    public static string? For(int status, ServiceError error) =>
        status == 400 && error is { Guardrail: null, IsHtml: false, Message: { } words } && SpeaksOfTask(words) ? WrongTask : null;

    private static bool SpeaksOfTask(string words) =>
        Names(words, "prompt") || words.Contains("messages", StringComparison.OrdinalIgnoreCase) ||
        words.Contains("dataframe_split", StringComparison.Ordinal);

    // In quotes, or in front of a colon: a prompt that is too long is spoken of without either.
    private static bool Names(string words, string field) =>
        words.Contains($"\"{field}\"", StringComparison.Ordinal) || words.Contains($"'{field}'", StringComparison.Ordinal) ||
        words.StartsWith($"{field}: Extra", StringComparison.Ordinal);
}
