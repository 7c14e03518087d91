namespace Connectors.Databricks.AspNetCore.OpenAI.Replies;

/// <summary>
/// A stream failed after its first event. The error has been sent; the server then closes the connection without an end of the body, which
/// also a client that ignores error events notices.
/// </summary>
internal sealed class IncompleteReplyException(Exception innerException)
    : Exception("The response failed after its first event.", innerException);
