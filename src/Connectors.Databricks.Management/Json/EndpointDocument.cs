using System.Text;
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

    /// <summary>
    /// Gets the paths of members and list items that cannot be read, such as <c>config.traffic_config.routes[0].traffic_percentage</c>.
    /// </summary>
    /// <value>
    /// Default: empty. Set for the document that a method returns, and not for its parts. The whole top-level member, here
    /// <c>config</c>, is in <see cref="AdditionalProperties"/> as the service sent it; null items of lists are omitted.
    /// </value>
    [JsonIgnore]
    public IReadOnlyList<string> Unreadable { get; private set; } = [];

    /// <summary>Compares two documents by value.</summary>
    /// <param name="other">The other document.</param>
    /// <returns>Whether they are of one type and have equal members.</returns>
    public virtual bool Equals(EndpointDocument? other) =>
        ReferenceEquals(this, other) || (other is not null && EqualityContract == other.EqualityContract && HasEqualRest(other));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EqualityContract, Rest?.Count ?? 0);

    /// <summary>Prints no member of the base: most documents have neither additional nor unreadable members.</summary>
    /// <param name="builder">The text so far.</param>
    /// <returns><see langword="false"/>: nothing was printed.</returns>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    private bool HasEqualRest(EndpointDocument other) =>
        AdditionalProperties.Count == other.AdditionalProperties.Count
        && AdditionalProperties.All(member =>
            other.AdditionalProperties.TryGetValue(member.Key, out var value) && EquatableJson.AreEqual(member.Value, value));

    /// <summary>The member without which an item of a list is no document; null if it has it.</summary>
    internal virtual string? MissingMember => null;

    /// <summary>Keeps members that cannot be read.</summary>
    internal void LeaveOut(Dictionary<string, JsonElement> members, List<string> paths)
    {
        Unreadable = paths.Count > 0 ? paths : Unreadable;
        foreach (var member in members)
        {
            (Rest ??= [])[member.Key] = member.Value;
        }
    }

    /// <summary>Makes sure that a member is absent only if the service omits it.</summary>
    /// <exception cref="InvalidOperationException">It was sent, and cannot be read.</exception>
    internal void RequireReadable(string member, string consequence)
    {
        if (Unreadable.FirstOrDefault(path => path.StartsWith(member, StringComparison.Ordinal)
            && Rest?.ContainsKey(member) is true) is { } unreadable)
        {
            throw new InvalidOperationException(
                $"The service returned a document whose member '{unreadable}' cannot be read. {consequence}");
        }
    }

    [JsonInclude]
    [JsonExtensionData]
    internal Dictionary<string, JsonElement>? Rest { get; set; }
}
