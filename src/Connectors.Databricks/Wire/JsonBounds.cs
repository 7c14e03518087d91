using System.Text.Json;

namespace Connectors.Databricks.Wire;

/// <summary>
/// Refuses a document with more values than <see cref="DatabricksResponseLimitOptions.MaxJsonValues"/> before a reader sees it, so that whatever the
/// reader skips, keeps or deserializes is bounded.
/// </summary>
internal static class JsonBounds
{
    /// <summary>How many tokens are read between two checks for cancellation; less than a millisecond apart.</summary>
    public const int TokensBetweenChecks = 4096;

    /// <summary>Checks a whole document.</summary>
    /// <param name="json">The document.</param>
    /// <param name="maxValues">The limit.</param>
    /// <param name="options">How the document is read.</param>
    /// <param name="cancellationToken">The caller's token, joined with the deadline.</param>
    /// <returns>The number of tokens that had to be read to tell: zero for every document that is not extraordinarily dense.</returns>
    /// <exception cref="BoundExceededException">There are more values.</exception>
    /// <exception cref="JsonException">The document is not JSON.</exception>
    public static long Require(ReadOnlySpan<byte> json, int maxValues, JsonReaderOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // A value takes a byte, and each but the first of its array or object a comma. Counting these bytes costs next to nothing; those inside
        // strings count too, so only a document that seems too large is read.
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
