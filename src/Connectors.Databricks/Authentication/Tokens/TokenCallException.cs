using System.Net;

namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>A request on the way to a token failed. Strategies and the chain turn it into the exception that users see.</summary>
internal sealed class TokenCallException(string message, bool isTransient = false) : Exception(message)
{
    public bool IsTransient { get; } = isTransient;

    /// <summary>The status that was answered; null when none was.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>The error code that was answered, such as <c>invalid_client</c>.</summary>
    public string? ErrorCode { get; init; }
}
