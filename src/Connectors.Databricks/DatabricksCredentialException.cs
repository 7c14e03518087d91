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
}
