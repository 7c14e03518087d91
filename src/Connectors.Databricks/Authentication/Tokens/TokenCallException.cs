using System.Net;

namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>A failed token request. Credential sources and the chain translate it to the public exception.</summary>
internal sealed class TokenCallException(string message, bool isTransient = false) : Exception(message)
{
    public bool IsTransient { get; } = isTransient;

    /// <summary>The HTTP status; null if there was no response.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>The error code of the response, such as <c>invalid_client</c>.</summary>
    public string? ErrorCode { get; init; }
}
