using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Predictions;

/// <summary>Error hints of predictions.</summary>
internal static class PredictionErrorHints
{
    public static string? For(int status, ServiceError error) => (status, error) switch
    {
        (400, { Guardrail: null, IsHtml: false }) =>
            "Compare the columns, their types and the form of the input with the model's signature, which the endpoint's page in the " +
            "workspace shows. Foundation models take no tables: chat is GetChatClient.",
        (413, { IsHtml: false }) =>
            $"Lower {nameof(DatabricksPredictionOptions.MaxRequestBytes)}, or set {nameof(DatabricksPredictionOptions.MaxRowsPerRequest)}.",
        _ => null,
    };
}
