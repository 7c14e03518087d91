using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>A permission with its origin.</summary>
public sealed record EndpointPermissionEntry : EndpointDocument
{
    private readonly EquatableList<string> _inheritedFromObject;

    /// <summary>Gets the permission level.</summary>
    [JsonPropertyName("permission_level")]
    public EndpointPermissionLevel Level { get; init; }

    /// <summary>Gets a value indicating whether the permission is inherited from a parent object.</summary>
    public bool Inherited { get; init; }

    /// <summary>Gets the objects that the permission is inherited from.</summary>
    public IReadOnlyList<string> InheritedFromObject
    {
        get => _inheritedFromObject.Items;
        init => _inheritedFromObject = EquatableList<string>.NonEmpty(value);
    }
}
