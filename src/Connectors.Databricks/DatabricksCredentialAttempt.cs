namespace Connectors.Databricks;

/// <summary>One authentication type that was tried.</summary>
/// <param name="AuthType">The authentication type, as a value of <c>DATABRICKS_AUTH_TYPE</c>.</param>
/// <param name="Outcome">The result.</param>
/// <param name="Reason">The reason, without secrets.</param>
public sealed record DatabricksCredentialAttempt(string AuthType, DatabricksCredentialOutcome Outcome, string Reason);
