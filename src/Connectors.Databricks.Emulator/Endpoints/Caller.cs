namespace Connectors.Databricks.Emulator.Endpoints;

/// <summary>Who sends a request.</summary>
/// <param name="Name">A user, or the client id of a service principal.</param>
/// <param name="Groups">The groups of the caller, with that of all users.</param>
internal sealed record Caller(string Name, IReadOnlyCollection<string> Groups)
{
    /// <summary>The group of all users.</summary>
    public const string Everyone = "account users";

    /// <summary>Whether the caller is a principal, or in the group of that name.</summary>
    public bool Is(string? principal) => principal is not null && (principal == Name || Groups.Contains(principal));
}
