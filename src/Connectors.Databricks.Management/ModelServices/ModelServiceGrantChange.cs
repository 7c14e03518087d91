using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>A change of the privileges of a principal.</summary>
public sealed record ModelServiceGrantChange : EndpointDocument
{
    private readonly EquatableList<ModelServicePrivilege> _add;
    private readonly EquatableList<ModelServicePrivilege> _remove;

    /// <summary>Gets the email address of the user, the name of the group or the application id of the service principal.</summary>
    public string? Principal { get; init; }

    /// <summary>Gets the privileges to grant.</summary>
    public IReadOnlyList<ModelServicePrivilege>? Add { get => _add.OrNull; init => _add = new(value); }

    /// <summary>Gets the privileges to revoke.</summary>
    public IReadOnlyList<ModelServicePrivilege>? Remove { get => _remove.OrNull; init => _remove = new(value); }

    /// <summary>Creates a change that grants privileges.</summary>
    /// <param name="principal">The principal.</param>
    /// <param name="privileges">The privileges.</param>
    /// <returns>The change.</returns>
    public static ModelServiceGrantChange Grant(string principal, params ModelServicePrivilege[] privileges)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(principal);
        ArgumentNullException.ThrowIfNull(privileges);
        return new ModelServiceGrantChange { Principal = principal, Add = [.. privileges] };
    }

    /// <summary>Creates a change that revokes privileges.</summary>
    /// <param name="principal">The principal.</param>
    /// <param name="privileges">The privileges.</param>
    /// <returns>The change.</returns>
    public static ModelServiceGrantChange Revoke(string principal, params ModelServicePrivilege[] privileges)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(principal);
        ArgumentNullException.ThrowIfNull(privileges);
        return new ModelServiceGrantChange { Principal = principal, Remove = [.. privileges] };
    }
}
