using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connectors.Databricks;

/// <summary>Options of a <see cref="DatabricksServicePrincipalCredential"/>. Copied when the credential is created.</summary>
public sealed class DatabricksServicePrincipalCredentialOptions
{
    /// <summary>Gets or sets the OAuth scopes of the tokens.</summary>
    /// <value>Default: <see langword="null"/>, which requests <c>all-apis</c>.</value>
    public IList<string>? Scopes { get; set; }

    /// <summary>Gets or sets the clock for token expiry and token refresh.</summary>
    /// <value>Default: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Gets or sets the logger factory. Token requests are logged at Debug, failed token refreshes at Warning; tokens never.
    /// </summary>
    /// <value>Default: no logging.</value>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;
}
