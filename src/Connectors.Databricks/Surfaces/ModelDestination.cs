namespace Connectors.Databricks.Surfaces;

/// <summary>A destination of a model service.</summary>
/// <param name="Model">The registered model, or the target at an external provider.</param>
/// <param name="EndpointName">The provisioned throughput endpoint, if it is one.</param>
internal sealed record ModelDestination(string? Model, string? EndpointName);
