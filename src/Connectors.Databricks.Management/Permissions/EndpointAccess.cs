using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>What one user, group or service principal may do.</summary>
public sealed record EndpointAccess : EndpointDocument
{
    private readonly EquatableList<EndpointPermissionEntry> _permissions;

    /// <summary>The user's mail address.</summary>
    public string? UserName { get; init; }

    /// <summary>The group.</summary>
    public string? GroupName { get; init; }

    /// <summary>The service principal's application id.</summary>
    public string? ServicePrincipalName { get; init; }

    /// <summary>The name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Each permission, with where it comes from.</summary>
    [JsonPropertyName("all_permissions")]
    public IReadOnlyList<EndpointPermissionEntry> Permissions
    {
        get => _permissions.Items;
        init => _permissions = EquatableList<EndpointPermissionEntry>.NonEmpty(value);
    }
}
