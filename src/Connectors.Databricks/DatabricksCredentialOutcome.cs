namespace Connectors.Databricks;

/// <summary>The result of one authentication type.</summary>
public enum DatabricksCredentialOutcome
{
    /// <summary>Skipped: a setting is missing, or it is not available in this environment.</summary>
    Declined,

    /// <summary>Failed to return a token.</summary>
    Failed,

    /// <summary>Returned the token in use.</summary>
    Selected,
}
