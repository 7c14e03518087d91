using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management.ModelServices;

/// <summary>Reads lists of model services.</summary>
internal sealed class ModelServiceListReading() : DocumentListReading<ModelService>("model services")
{
    protected override JsonTypeInfo<ModelService> Contract => ModelServiceJsonContext.Default.ModelService;

    protected override string NameOf(ModelService document) => document.ResourceName;

    protected override ModelService Unread(string name, IReadOnlyDictionary<string, JsonElement> members) =>
        new() { ResourceName = name, AdditionalProperties = members };
}
