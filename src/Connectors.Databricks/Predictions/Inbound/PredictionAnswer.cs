namespace Connectors.Databricks.Predictions.Inbound;

/// <summary>The response to one request: the value as UTF-8, and the name of its member.</summary>
internal sealed record PredictionAnswer(ReadOnlyMemory<byte> Value, string? ResultName, DatabricksServingResponse Raw);
