namespace Connectors.Databricks.Batch.Running;

/// <summary>A prediction.</summary>
internal sealed class PredictionBatchRequest(string id, DatabricksPredictionInput input, DatabricksPredictionOptions? options)
    : DatabricksBatchRequest<DatabricksPrediction>(id)
{
    private static readonly DatabricksPredictionOptions Defaults = new();

    internal override Task<DatabricksPrediction> SendAsync(BatchClients clients, CancellationToken cancellationToken) =>
        clients.Predict(input, options ?? Defaults, cancellationToken);
}
