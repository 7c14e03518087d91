using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>What a principal may do with a model service, inherited privileges included.</summary>
public sealed record ModelServiceEffectiveGrant : EndpointDocument
{
    private readonly EquatableList<ModelServiceEffectivePrivilege> _privileges;

    /// <summary>Gets the email address of the user, the name of the group or the application id of the service principal.</summary>
    public string? Principal { get; init; }

    /// <summary>Gets the privileges, each with its origin.</summary>
    public IReadOnlyList<ModelServiceEffectivePrivilege> Privileges
    {
        get => _privileges.Items;
        init => _privileges = EquatableList<ModelServiceEffectivePrivilege>.NonEmpty(value);
    }

    /// <summary>Returns the principal and the privileges.</summary>
    /// <returns>Text for a log: <c>support-team: EXECUTE, USE_SCHEMA (from SCHEMA main.ai)</c>.</returns>
    public override string ToString() => $"{Principal}: {string.Join(", ", Privileges)}";
}
