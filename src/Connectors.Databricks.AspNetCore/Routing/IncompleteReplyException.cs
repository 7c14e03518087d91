namespace Connectors.Databricks.AspNetCore.Routing;

/// <summary>
/// A stream failed after its first event. The error has been sent; the server then closes the connection without an end of the body, so
/// that clients that ignore error events fail as well.
/// </summary>
internal sealed class IncompleteReplyException(Exception innerException)
    : Exception("The response failed after its first event.", innerException);
