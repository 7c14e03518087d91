using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Embeddings;

/// <summary>Error hints of embeddings.</summary>
internal static class EmbeddingErrorHints
{
    public const string WrongTask =
        "Check that the endpoint's task is embeddings (llm/v1/embeddings): use GetChatClient for chat and PredictAsync for classic models.";

    public static string? For(int status, ServiceError error) => (status, error) switch
    {
        (400, { Guardrail: null, IsHtml: false, IsAboutToken: false }) =>
            "If the message names dimensions, instruction or an additional property, the endpoint does not support it: leave it unset. " +
            "If it is about the input itself, check the endpoint's task (llm/v1/embeddings) and the length of the inputs.",
        (413, { IsHtml: false }) =>
            $"Lower {nameof(DatabricksEmbeddingOptions.MaxRequestBytes)}; an input that is too long by itself must be split.",
        _ => null,
    };
}
