using System.Collections;
using System.Text.Json;

namespace Connectors.Databricks.Diagnostics;

/// <summary>
/// Replaces an exception that contains a secret, in its message, its data or an inner exception, by one of the same kind without it:
/// exceptions of handlers and of the framework quote addresses, proxies and requests.
/// </summary>
internal static class RedactedException
{
    /// <returns>The exception itself when it contains none.</returns>
    public static Exception? From(Exception? exception, Redaction redaction)
    {
        if (exception is null)
        {
            return null;
        }

        var inner = From(exception.InnerException, redaction);
        var message = redaction.Redact(exception.Message);
        return ReferenceEquals(inner, exception.InnerException) && message == exception.Message && !TellsMore(exception, redaction)
            ? exception
            : Replace(exception, message, inner);
    }

    // Data, several inner exceptions, and texts that other exception types add.
    private static bool TellsMore(Exception exception, Redaction redaction) =>
        exception.Data.Cast<DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}").Any(text => redaction.Redact(text) != text)
        || ((exception is AggregateException || !IsOfFramework(exception)) && exception.ToString() is var whole
            && redaction.Redact(whole) != whole);

    private static bool IsOfFramework(Exception exception) =>
        exception.GetType().Namespace is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));

    private static Exception Replace(Exception exception, string message, Exception? inner) => exception switch
    {
        HttpRequestException http => new HttpRequestException(http.HttpRequestError, message, inner, http.StatusCode),
        HttpIOException http => new HttpIOException(http.HttpRequestError, message, inner),
        TimeoutException => new TimeoutException(message, inner),
        OperationCanceledException canceled => new OperationCanceledException(message, inner, canceled.CancellationToken),
        InvalidDataException => new InvalidDataException(message, inner),
        IOException => new IOException(message, inner),
        JsonException json => new JsonException(message, json.Path, json.LineNumber, json.BytePositionInLine, inner),
        _ => new InvalidOperationException($"{exception.GetType().Name}: {message}", inner),
    };
}
