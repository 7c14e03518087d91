using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks;

/// <summary>No token could be had, so nothing was sent. The message says what was tried and why it did not work.</summary>
public sealed class DatabricksCredentialException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public DatabricksCredentialException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was tried, and why it did not work; without secrets.</param>
    public DatabricksCredentialException(string? message)
        : base(message)
    {
    }

    /// <summary>Creates the exception over the failure that caused it.</summary>
    /// <param name="message">What was tried, and why it did not work; without secrets.</param>
    /// <param name="innerException">The failure underneath.</param>
    public DatabricksCredentialException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception that this connector throws: its message, and every exception below it, is redacted.</summary>
    internal DatabricksCredentialException(Redaction redaction, string message, Exception? innerException = null)
        : base(redaction.Redact(message), redaction.Redact(innerException))
    {
    }

    /// <summary>Why, for programs.</summary>
    public DatabricksCredentialFailure Failure { get; init; }

    /// <summary>Every way to log in that was considered, in order, and what became of it.</summary>
    public IReadOnlyList<DatabricksCredentialAttempt> Attempts { get; init; } = [];

    /// <summary>The settings that were found and where each came from; secrets are masked.</summary>
    public IReadOnlyList<DatabricksAuthenticationSetting> Settings { get; init; } = [];

    /// <summary>
    /// The ways to log in that are configured at once, for <see cref="DatabricksCredentialFailure.Conflict"/>; in alphabetical order.
    /// </summary>
    public IReadOnlyList<string> ConflictingMethods { get; init; } = [];
}
