namespace Connectors.Databricks;

/// <summary>What became of one way to log in.</summary>
public enum DatabricksCredentialOutcome
{
    /// <summary>It was not asked: a setting is missing, or it does not apply here.</summary>
    Declined,

    /// <summary>It was asked for a token and gave none.</summary>
    Failed,

    /// <summary>It gave the token that is used.</summary>
    Selected,
}
