namespace Connectors.Databricks;

/// <summary>Why no token could be had.</summary>
public enum DatabricksCredentialFailure
{
    /// <summary>Something else; the message says what.</summary>
    Other,

    /// <summary>No workspace address is configured, or one that cannot be used.</summary>
    NoHost,

    /// <summary>Nothing that is configured or present here gives a token.</summary>
    NoCredentials,

    /// <summary>Settings of two or more ways to log in are present, and nothing says which is meant.</summary>
    Conflict,

    /// <summary>The configuration file has no such profile.</summary>
    ProfileNotFound,

    /// <summary>The profile's name is one that the configuration file keeps for itself.</summary>
    ReservedProfile,

    /// <summary>The configuration file, or a value in it or in the environment, cannot be read.</summary>
    InvalidConfiguration,

    /// <summary>The authentication type is not one that this connector has.</summary>
    UnknownAuthType,

    /// <summary>The authentication type that was asked for lacks a setting, or does not apply here.</summary>
    NotConfigured,

    /// <summary>The source of tokens was asked and failed.</summary>
    ProviderFailed,

    /// <summary>The host offers no OAuth.</summary>
    OAuthUnsupported,
}
