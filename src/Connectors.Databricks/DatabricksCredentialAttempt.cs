using System.Diagnostics.CodeAnalysis;

namespace Connectors.Databricks;

/// <summary>One authentication type that was tried.</summary>
public sealed record DatabricksCredentialAttempt
{
    /// <summary>Initializes a new instance of the <see cref="DatabricksCredentialAttempt"/> class, such as for tests.</summary>
    public DatabricksCredentialAttempt()
    {
    }

    [SetsRequiredMembers]
    internal DatabricksCredentialAttempt(string authType, DatabricksCredentialOutcome outcome, string reason)
    {
        AuthType = authType;
        Outcome = outcome;
        Reason = reason;
    }

    /// <summary>Gets the authentication type, as a value of <c>DATABRICKS_AUTH_TYPE</c>.</summary>
    public required string AuthType { get; init; }

    /// <summary>Gets the result.</summary>
    public required DatabricksCredentialOutcome Outcome { get; init; }

    /// <summary>Gets the reason, without secrets.</summary>
    public required string Reason { get; init; }
}
