using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks;

/// <summary>Thrown when no token was acquired; no request was sent. The message lists what was tried and why it failed.</summary>
public sealed class DatabricksCredentialException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="DatabricksCredentialException"/> class without a message.</summary>
    public DatabricksCredentialException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="DatabricksCredentialException"/> class with a message.</summary>
    /// <param name="message">What was tried and why it failed, without secrets.</param>
    public DatabricksCredentialException(string? message)
        : base(message)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksCredentialException"/> class with a message and the exception that is the
    /// cause.
    /// </summary>
    /// <param name="message">What was tried and why it failed, without secrets.</param>
    /// <param name="innerException">The cause.</param>
    public DatabricksCredentialException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksCredentialException"/> class that this connector throws: its message, and
    /// every exception below it, is redacted.
    /// </summary>
    internal DatabricksCredentialException(Redaction redaction, string message, Exception? innerException = null)
        : base(redaction.Redact(message), redaction.Redact(innerException))
    {
    }

    /// <summary>Gets the reason for programmatic handling.</summary>
    public DatabricksCredentialFailure Failure { get; init; }

    /// <summary>Gets every authentication type that was tried, in order of precedence, with its result.</summary>
    public IReadOnlyList<DatabricksCredentialAttempt> Attempts { get; init; } = [];

    /// <summary>Gets the settings that have a value, with the source of each; secrets are masked.</summary>
    public IReadOnlyList<DatabricksAuthenticationSetting> Settings { get; init; } = [];

    /// <summary>
    /// Gets the setting groups in conflict for <see cref="DatabricksCredentialFailure.Conflict"/>, in alphabetical order.
    /// </summary>
    public IReadOnlyList<string> ConflictingMethods { get; init; } = [];
}
