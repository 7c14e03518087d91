namespace Connectors.Databricks.Diagnostics;

/// <summary>
/// What the framework says of an answer that does not keep to HTTP quotes the bytes it stumbled over. They may be a completion or a token, and
/// on a connection that another answer spoiled they are another caller's.
/// </summary>
internal static class QuotedBytes
{
    private const string Words = "The answer does not keep to HTTP.";

    /// <returns>The failure, or one that says as much and quotes nothing.</returns>
    public static Exception Without(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }
                or HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse })
            {
                return new HttpRequestException(HttpRequestError.InvalidResponse, Words);
            }
        }

        return failure;
    }
}
