using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Management.Json;

namespace Connectors.Databricks.Management.Documents;

/// <summary>Reads lists of endpoints.</summary>
internal sealed class EndpointListReading() : DocumentListReading<ServingEndpoint>("endpoints")
{
    protected override JsonTypeInfo<ServingEndpoint> Contract => ManagementJsonContext.Default.ServingEndpoint;

    protected override string NameOf(ServingEndpoint document) => document.Name;

    protected override ServingEndpoint Unread(string name, IReadOnlyDictionary<string, JsonElement> members) =>
        new() { Name = name, AdditionalProperties = members };
}
