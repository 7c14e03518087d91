using System.Text.Json.Serialization;

namespace Connectors.Databricks.Management;

/// <summary>A permission level to grant to a user, a group or a service principal.</summary>
public sealed record EndpointGrant : EndpointDocument
{
    [JsonConstructor]
    internal EndpointGrant()
    {
    }

    /// <summary>Gets the email address of the user.</summary>
    public string? UserName { get; init; }

    /// <summary>Gets the name of the group.</summary>
    public string? GroupName { get; init; }

    /// <summary>Gets the application id of the service principal.</summary>
    public string? ServicePrincipalName { get; init; }

    /// <summary>Gets the permission level.</summary>
    [JsonPropertyName("permission_level")]
    public EndpointPermissionLevel Level { get; init; }

    /// <summary>Creates a grant for a user.</summary>
    /// <param name="userName">The email address.</param>
    /// <param name="level">The permission level.</param>
    /// <returns>The grant.</returns>
    public static EndpointGrant ToUser(string userName, EndpointPermissionLevel level)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(userName);
        return new EndpointGrant { UserName = userName, Level = level };
    }

    /// <summary>Creates a grant for a group.</summary>
    /// <param name="groupName">The name of the group.</param>
    /// <param name="level">The permission level.</param>
    /// <returns>The grant.</returns>
    public static EndpointGrant ToGroup(string groupName, EndpointPermissionLevel level)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(groupName);
        return new EndpointGrant { GroupName = groupName, Level = level };
    }

    /// <summary>Creates a grant for a service principal.</summary>
    /// <param name="applicationId">The application id.</param>
    /// <param name="level">The permission level.</param>
    /// <returns>The grant.</returns>
    public static EndpointGrant ToServicePrincipal(string applicationId, EndpointPermissionLevel level)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(applicationId);
        return new EndpointGrant { ServicePrincipalName = applicationId, Level = level };
    }
}
