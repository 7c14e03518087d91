using System.Text.Json.Serialization;

namespace Connectors.Databricks.Management;

/// <summary>A level to give to a user, a group or a service principal.</summary>
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

    /// <summary>For a user.</summary>
    /// <param name="userName">The mail address.</param>
    /// <param name="level">The level.</param>
    /// <returns>The grant.</returns>
    public static EndpointGrant ToUser(string userName, EndpointPermissionLevel level)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(userName);
        return new EndpointGrant { UserName = userName, Level = level };
    }

    /// <summary>For a group.</summary>
    /// <param name="groupName">The group.</param>
    /// <param name="level">The level.</param>
    /// <returns>The grant.</returns>
    public static EndpointGrant ToGroup(string groupName, EndpointPermissionLevel level)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(groupName);
        return new EndpointGrant { GroupName = groupName, Level = level };
    }

    /// <summary>For a service principal.</summary>
    /// <param name="applicationId">The application id.</param>
    /// <param name="level">The level.</param>
    /// <returns>The grant.</returns>
    public static EndpointGrant ToServicePrincipal(string applicationId, EndpointPermissionLevel level)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(applicationId);
        return new EndpointGrant { ServicePrincipalName = applicationId, Level = level };
    }
}
