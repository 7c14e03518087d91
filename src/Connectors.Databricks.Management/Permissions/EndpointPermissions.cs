using System.Text.Json.Serialization;
using Connectors.Databricks.Management.Permissions;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The permissions of an endpoint.</summary>
public sealed record EndpointPermissions : EndpointDocument
{
    private readonly EquatableList<EndpointAccess> _accessControl;

    /// <summary>Gets the id of the object in the permissions API: <c>/serving-endpoints/{id}</c>.</summary>
    public string? ObjectId { get; init; }

    /// <summary>Gets the type of the object.</summary>
    public string? ObjectType { get; init; }

    /// <summary>Gets the access control list.</summary>
    [JsonPropertyName("access_control_list")]
    [JsonConverter(typeof(AccessListConverter))]
    public IReadOnlyList<EndpointAccess> AccessControl
    {
        get => _accessControl.Items;
        init => _accessControl = EquatableList<EndpointAccess>.NonEmpty(value);
    }
}
