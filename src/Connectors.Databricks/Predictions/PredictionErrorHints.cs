using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Predictions;

/// <summary>Error hints of predictions.</summary>
internal static class PredictionErrorHints
{
    public static string? For(int status, ServiceError error) => (status, error) switch
    {
        (400, { Guardrail: null, IsHtml: false, IsAboutToken: false }) =>
            "Compare the columns, their types and the input format with the model signature, which the page of the endpoint in the " +
            "workspace shows. Foundation models do not support tables: use GetChatClient.",
        (413, { IsHtml: false }) =>
            $"Lower {nameof(DatabricksPredictionOptions.MaxRequestBytes)}, or set {nameof(DatabricksPredictionOptions.MaxRowsPerRequest)}.",
        _ => null,
    };
}
