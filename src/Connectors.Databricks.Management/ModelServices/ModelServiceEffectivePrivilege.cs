namespace Connectors.Databricks.Management;

/// <summary>A privilege, and where it comes from.</summary>
public sealed record ModelServiceEffectivePrivilege : EndpointDocument
{
    /// <summary>Gets the privilege.</summary>
    public ModelServicePrivilege Privilege { get; init; }

    /// <summary>Gets the type of the object that it is inherited from, such as <c>SCHEMA</c>; <see langword="null"/> for none.</summary>
    public string? InheritedFromType { get; init; }

    /// <summary>Gets the object that it is inherited from; <see langword="null"/> for none.</summary>
    public string? InheritedFromName { get; init; }

    /// <summary>Returns the privilege and its origin.</summary>
    /// <returns>Text for a log: <c>USE_SCHEMA (from SCHEMA main.ai)</c>.</returns>
    public override string ToString() =>
        InheritedFromName is null ? $"{Privilege}" : $"{Privilege} (from {InheritedFromType} {InheritedFromName})";
}
