namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>What a route demands of the token of a request.</summary>
/// <param name="Scopes">The OAuth scopes of which one suffices; <c>all-apis</c> always does. Empty when none is demanded.</param>
internal sealed record TokenDemand(IReadOnlyList<string> Scopes)
{
    /// <summary>Whether HTTP Basic may carry the token.</summary>
    public bool AllowsBasic { get; init; }

    /// <summary>Whether the request came to the address of route-optimized endpoints.</summary>
    public bool IsOnDataPlane { get; init; }

    public bool IsGateway { get; init; }

    /// <summary>Whether the request lists, gets or changes instead of querying.</summary>
    public bool IsManagement { get; init; }
}
