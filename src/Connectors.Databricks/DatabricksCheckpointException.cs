using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks;

/// <summary>
/// The checkpoint of a batch cannot be read or written. Responses that have arrived are returned before it is thrown; no further request is
/// sent.
/// </summary>
public sealed class DatabricksCheckpointException : IOException
{
    /// <summary>Initializes a new instance of the <see cref="DatabricksCheckpointException"/> class without a message.</summary>
    public DatabricksCheckpointException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="DatabricksCheckpointException"/> class with a message.</summary>
    /// <param name="message">Which file cannot be used, why, and what to try.</param>
    public DatabricksCheckpointException(string? message)
        : base(message)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksCheckpointException"/> class with a message and the exception that is the
    /// cause.
    /// </summary>
    /// <param name="message">Which file cannot be used, why, and what to try.</param>
    /// <param name="innerException">The cause.</param>
    public DatabricksCheckpointException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksCheckpointException"/> class that this connector throws: its message, and
    /// every exception below it, is redacted.
    /// </summary>
    internal DatabricksCheckpointException(Redaction redaction, string message, Exception? innerException)
        : base(redaction.Redact(message), redaction.Redact(innerException))
    {
    }

    /// <summary>Gets the reason for programmatic handling.</summary>
    /// <value>Default: <see cref="DatabricksCheckpointFailure.Other"/>.</value>
    public DatabricksCheckpointFailure Failure { get; init; }

    /// <summary>Gets the path of the file.</summary>
    /// <value>Default: empty.</value>
    public string Path { get; init; } = string.Empty;
}
