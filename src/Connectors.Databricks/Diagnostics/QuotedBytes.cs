namespace Connectors.Databricks.Diagnostics;

/// <summary>
/// For a response that violates HTTP, the framework's message quotes the offending bytes. They may be a completion or a token, and on a
/// connection that an earlier response corrupted they belong to another caller.
/// </summary>
internal static class QuotedBytes
{
    private const string Words = "The response violates HTTP.";

    /// <returns>The failure, or an equivalent one without the quoted bytes.</returns>
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
