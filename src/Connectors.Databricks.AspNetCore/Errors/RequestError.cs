namespace Connectors.Databricks.AspNetCore.Errors;

/// <summary>Why a request failed: the HTTP status, and the members of an error object of OpenAI or of ProblemDetails.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The type, such as <c>invalid_request_error</c>.</param>
/// <param name="Code">The code, such as <c>model_not_found</c>.</param>
/// <param name="Message">The message; it contains no host, no token and no prompt.</param>
/// <param name="Param">The member of the request that caused the error, such as <c>messages[0].role</c>.</param>
internal sealed record RequestError(int Status, string Type, string? Code, string Message, string? Param = null)
{
    public const string InvalidRequest = "invalid_request_error";
    public const string ServerError = "server_error";

    /// <summary>The message without texts of the service, which may repeat a request or describe a model.</summary>
    public string Summary { get => field ?? Message; init; }

    /// <summary>The invalid members with a message for each; null when <see cref="Param"/> is the only one.</summary>
    public IReadOnlyDictionary<string, string[]>? Invalid { get; init; }

    /// <summary>The delay after which the client may retry.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
