using System.Text.Json;
using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary> The base class of documents of the management API. Unknown members are preserved and sent back unchanged. </summary>
public abstract record EndpointDocument
{
    private static readonly Dictionary<string, JsonElement> Nothing = [];

    private protected EndpointDocument()
    {
    }

    /// <summary>
    /// Gets the members that have no property: members that the service adds later, and members that you set, which are sent with the
    /// others.
    /// </summary>
    /// <value>Default: empty.</value>
    [JsonIgnore]
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties
    {
        get => Rest ?? Nothing;
        init => Rest = value is { Count: > 0 } ? new Dictionary<string, JsonElement>(value) : null;
    }

    /// <summary>Compares two documents by value.</summary>
    /// <param name="other">The other document.</param>
    /// <returns>Whether they are of one type and have equal members.</returns>
    public virtual bool Equals(EndpointDocument? other) =>
        ReferenceEquals(this, other) || (other is not null && EqualityContract == other.EqualityContract && HasEqualRest(other));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EqualityContract, Rest?.Count ?? 0);

    private bool HasEqualRest(EndpointDocument other) =>
        AdditionalProperties.Count == other.AdditionalProperties.Count
        && AdditionalProperties.All(member =>
            other.AdditionalProperties.TryGetValue(member.Key, out var value) && EquatableJson.AreEqual(member.Value, value));

    [JsonInclude]
    [JsonExtensionData]
    internal Dictionary<string, JsonElement>? Rest { get; set; }
}
