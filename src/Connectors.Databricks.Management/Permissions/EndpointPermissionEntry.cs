using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>One permission, and where it comes from.</summary>
public sealed record EndpointPermissionEntry : EndpointDocument
{
    private readonly EquatableList<string> _inheritedFromObject;

    /// <summary>The level.</summary>
    [JsonPropertyName("permission_level")]
    public EndpointPermissionLevel Level { get; init; }

    /// <summary>Whether it was given to something above the endpoint.</summary>
    public bool Inherited { get; init; }

    /// <summary>What it was given to.</summary>
    public IReadOnlyList<string> InheritedFromObject
    {
        get => _inheritedFromObject.Items;
        init => _inheritedFromObject = EquatableList<string>.NonEmpty(value);
    }
}
