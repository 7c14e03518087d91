using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connectors.Databricks.Endpoints;

/// <summary>A part of what the management API gives and takes. What this library does not know is kept, and sent again as it came.</summary>
public abstract record EndpointDocument
{
    private static readonly Dictionary<string, JsonElement> Nothing = [];

    private protected EndpointDocument()
    {
    }

    /// <summary>
    /// Members that have no property here: those that the service has added since, and those that you set, which are sent beside the
    /// others.
    /// </summary>
    /// <value>Default: empty.</value>
    [JsonIgnore]
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties
    {
        get => Rest ?? Nothing;
        init => Rest = value is { Count: > 0 } ? new Dictionary<string, JsonElement>(value) : null;
    }

    [JsonInclude]
    [JsonExtensionData]
    internal Dictionary<string, JsonElement>? Rest { get; set; }
}
