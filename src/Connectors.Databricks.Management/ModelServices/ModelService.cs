using System.Diagnostics;
using System.Text.Json.Serialization;
using Connectors.Databricks.Management.Json;
using Connectors.Databricks.Management.ModelServices;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>
/// A model service of Unity Catalog: a name that Unity Gateway serves, and the models behind it. To change a part, start from what was
/// read: <c>service with { … }</c>, and <see cref="ModelServicesClient.UpdateAsync"/>.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record ModelService : EndpointDocument
{
    private readonly EquatableList<string> _supportedApiTypes;

    /// <summary>Gets the three-part name, such as <c>main.ai.chat</c>, which queries use.</summary>
    [JsonIgnore]
    public string Name => ModelServiceNames.WithoutPrefix(ResourceName);

    /// <summary>Gets the resource name: <c>model-services/</c> and the <see cref="Name"/>. Set by the service; never sent.</summary>
    [JsonPropertyName("name")]
    public string ResourceName { get => field ?? string.Empty; init; }

    /// <summary>Gets the description.</summary>
    public string? Comment { get; init; }

    /// <summary>Gets the destinations, the fallbacks, the rate limits and the inference table; lists have a part of it.</summary>
    public ModelServiceConfig? Config { get; init; }

    /// <summary>
    /// Gets the version of the document. An update or a delete with it is rejected if the service was changed since it was read;
    /// <see langword="null"/> sends them without this check.
    /// </summary>
    public string? Etag { get; init; }

    /// <summary>Gets the owner, who can change the service. Set by the service; never sent.</summary>
    public string? EffectiveOwner { get; init; }

    /// <summary>
    /// Gets the APIs that all destinations support, such as <c>mlflow/v1/chat/completions</c>. Set by the service; never sent.
    /// </summary>
    public IReadOnlyList<string> SupportedApiTypes
    {
        get => _supportedApiTypes.Items;
        init => _supportedApiTypes = EquatableList<string>.NonEmpty(value);
    }

    /// <summary>Gets the id of the metastore. Set by the service; never sent.</summary>
    public string? MetastoreId { get; init; }

    /// <summary>Gets the creation time. Set by the service; never sent.</summary>
    [JsonPropertyName("create_time")]
    [JsonConverter(typeof(TimestampConverter))]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Gets the creator. Set by the service; never sent.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Gets the time of the last update. Set by the service; never sent.</summary>
    [JsonPropertyName("update_time")]
    [JsonConverter(typeof(TimestampConverter))]
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Gets who updated the service last. Set by the service; never sent.</summary>
    public string? UpdatedBy { get; init; }

    /// <summary>Gets the destinations.</summary>
    [JsonIgnore]
    public IReadOnlyList<ModelServiceDestination> Destinations => Config?.Routing?.Destinations ?? [];

    /// <summary>Gets the fallback destinations, in the order in which they are tried.</summary>
    [JsonIgnore]
    public IReadOnlyList<ModelServiceDestination> Fallbacks => Config?.Routing?.Fallback?.Destinations ?? [];

    /// <summary>Returns name and destinations.</summary>
    /// <returns>Text for a log: <c>main.ai.chat (champion 90 %, challenger 10 %)</c>.</returns>
    public override string ToString() => Destinations.Count == 0 ? Name : $"{Name} ({string.Join(", ", Destinations)})";

    internal override string? MissingMember => Name.Length == 0 ? "name" : null;
}
