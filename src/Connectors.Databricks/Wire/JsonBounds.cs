using System.Text.Json;

namespace Connectors.Databricks.Wire;

/// <summary>
/// Rejects a document with more values than <see cref="DatabricksResponseLimitOptions.MaxJsonValues"/> before it is read, so that whatever
/// the reader skips, keeps or deserializes is bounded.
/// </summary>
internal static class JsonBounds
{
    /// <summary>The number of tokens between two checks for cancellation; less than a millisecond apart.</summary>
    public const int TokensBetweenChecks = 4096;

    /// <summary>Checks a document.</summary>
    /// <param name="json">The document.</param>
    /// <param name="maxValues">The limit.</param>
    /// <param name="options">The reader options.</param>
    /// <param name="cancellationToken">The token of the caller, linked to the timeout.</param>
    /// <returns>The number of tokens that were read: zero for every document that is not extraordinarily dense.</returns>
    /// <exception cref="BoundExceededException">The document has more values.</exception>
    /// <exception cref="JsonException">The document is not JSON.</exception>
    public static long Require(ReadOnlySpan<byte> json, int maxValues, JsonReaderOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // A value takes at least one byte, and all but the first of an array or object a comma. Counting these bytes is cheap; those inside
        // strings count too, so only a document that seems too large is tokenized.
        if (json.Length <= maxValues || MostValues(json) <= maxValues)
        {
            return 0;
        }

        return Count(json, maxValues, options, cancellationToken);
    }

    private static long MostValues(ReadOnlySpan<byte> json) =>
        1L + json.Count((byte)',') + json.Count((byte)'[') + json.Count((byte)'{');

    private static long Count(ReadOnlySpan<byte> json, int maxValues, JsonReaderOptions options, CancellationToken cancellationToken)
    {
        var reader = new Utf8JsonReader(json, options);
        var (tokens, values) = (0L, 0);
        while (reader.Read())
        {
            if (++tokens % TokensBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var isValue = reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.EndArray or JsonTokenType.EndObject);
            if (isValue && ++values > maxValues)
            {
                throw new BoundExceededException(nameof(DatabricksResponseLimitOptions.MaxJsonValues), maxValues);
            }
        }

        return tokens;
    }
}
