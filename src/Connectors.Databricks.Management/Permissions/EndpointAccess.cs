using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>The permissions of a user, a group or a service principal.</summary>
public sealed record EndpointAccess : EndpointDocument
{
    private readonly EquatableList<EndpointPermissionEntry> _permissions;

    /// <summary>Gets the email address of the user.</summary>
    public string? UserName { get; init; }

    /// <summary>Gets the name of the group.</summary>
    public string? GroupName { get; init; }

    /// <summary>Gets the application id of the service principal.</summary>
    public string? ServicePrincipalName { get; init; }

    /// <summary>Gets the display name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Gets the permissions, each with its origin.</summary>
    [JsonPropertyName("all_permissions")]
    public IReadOnlyList<EndpointPermissionEntry> Permissions
    {
        get => _permissions.Items;
        init => _permissions = EquatableList<EndpointPermissionEntry>.NonEmpty(value);
    }
}
