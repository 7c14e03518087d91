namespace Connectors.Databricks;

/// <summary>One way to log in that was considered.</summary>
/// <param name="AuthType">Its name, as <c>DATABRICKS_AUTH_TYPE</c> takes it.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why, without secrets.</param>
public sealed record DatabricksCredentialAttempt(string AuthType, DatabricksCredentialOutcome Outcome, string Reason);
