namespace Connectors.Databricks;

/// <summary>The reason why no token was acquired.</summary>
public enum DatabricksCredentialFailure
{
    /// <summary>Another reason; see the message.</summary>
    Other,

    /// <summary>No host is configured, or it is invalid.</summary>
    NoHost,

    /// <summary>No authentication type is configured or available.</summary>
    NoCredentials,

    /// <summary>Settings of two or more authentication types are configured, and <c>auth_type</c> is not.</summary>
    Conflict,

    /// <summary>The configuration file has no such profile.</summary>
    ProfileNotFound,

    /// <summary>The name of the profile is reserved by the configuration file.</summary>
    ReservedProfile,

    /// <summary>The configuration file, or a value in it or in the environment, is invalid or cannot be read.</summary>
    InvalidConfiguration,

    /// <summary>The authentication type is not supported by the connector.</summary>
    UnknownAuthType,

    /// <summary>The selected authentication type lacks a setting or is not available.</summary>
    NotConfigured,

    /// <summary>The token source failed.</summary>
    ProviderFailed,

    /// <summary>The host does not support OAuth.</summary>
    OAuthUnsupported,
}
