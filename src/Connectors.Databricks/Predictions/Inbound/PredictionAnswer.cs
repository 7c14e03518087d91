namespace Connectors.Databricks.Predictions.Inbound;

/// <summary>What one request brought: the value as UTF-8, and where it stood.</summary>
internal sealed record PredictionAnswer(ReadOnlyMemory<byte> Value, string? ResultName, DatabricksServingResponse Raw);
