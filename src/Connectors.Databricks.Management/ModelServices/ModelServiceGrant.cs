using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>What a principal is granted on a model service itself.</summary>
public sealed record ModelServiceGrant : EndpointDocument
{
    private readonly EquatableList<ModelServicePrivilege> _privileges;

    /// <summary>Gets the email address of the user, the name of the group or the application id of the service principal.</summary>
    public string? Principal { get; init; }

    /// <summary>Gets the privileges.</summary>
    public IReadOnlyList<ModelServicePrivilege> Privileges
    {
        get => _privileges.Items;
        init => _privileges = EquatableList<ModelServicePrivilege>.NonEmpty(value);
    }

    /// <summary>Returns the principal and the privileges.</summary>
    /// <returns>Text for a log: <c>support-team: EXECUTE</c>.</returns>
    public override string ToString() => $"{Principal}: {string.Join(", ", Privileges)}";
}
