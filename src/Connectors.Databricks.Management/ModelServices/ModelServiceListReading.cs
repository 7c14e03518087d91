using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management.ModelServices;

/// <summary>Reads lists of model services.</summary>
internal sealed class ModelServiceListReading() : DocumentListConverter<ModelService>("model_services");
