using System.Globalization;
using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Predictions.Inbound;

/// <summary>
/// Finds the prediction in a document: <c>predictions</c>, <c>outputs</c>, or the document itself, which some models send as a bare list
/// ([issue databricks-sdk-py#795]). The value is kept as bytes until the caller deserializes it.
/// </summary>
internal static class PredictionFromWire
{
    /// <param name="call">The call.</param>
    /// <param name="document">The response.</param>
    /// <param name="rows">The number of rows of this part of the input, or null when the input was not split.</param>
    /// <param name="cancellationToken">The caller's token, joined with the deadline.</param>
    /// <exception cref="DatabricksServingException">
    /// The body is an error, not JSON, or a part that cannot be concatenated.
    /// </exception>
    public static PredictionAnswer Read(ServingCall call, ServedDocument document, int? rows, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return Read(call, document, document.Body, rows, cancellationToken);
            }
            catch (JsonException) when (PythonJson.Masked(document.Body) is { } masked)
            {
                return Read(call, document, masked, rows, cancellationToken);
            }
        }
        catch (BoundExceededException exception)
        {
            throw ServingExceptions.TooLarge(call, document.Reply, exception.Limit, exception.Name);
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            throw ServingExceptions.Malformed(call, document.Reply, exception);
        }
    }

    /// <param name="call">The call.</param>
    /// <param name="document">The response.</param>
    /// <param name="json">The body, or equivalent JSON with the values at the same positions.</param>
    /// <param name="rows">The number of rows of this part of the input, or null when the input was not split.</param>
    /// <param name="cancellationToken">The caller's token, joined with the deadline.</param>
    private static PredictionAnswer Read(
        ServingCall call, ServedDocument document, byte[] json, int? rows, CancellationToken cancellationToken)
    {
        JsonReading.RequireUtf8(json);
        var limits = document.Reply.Limits;
        JsonBounds.Require(json, limits.MaxJsonValues, document.Reply.Json, cancellationToken);
        var (start, end, name) = Find(call, document, json);
        if (rows is { } expected)
        {
            RequireRows(call, document.Reply, json.AsSpan(start..end), expected, new ItemBudget(limits.MaxJsonValues, cancellationToken));
        }

        return new PredictionAnswer(document.Body.AsMemory(start..end), name, document.Reply.Raw(document.Body));
    }

    private static (int Start, int End, string? Name) Find(ServingCall call, ServedDocument document, byte[] json)
    {
        var reader = new Utf8JsonReader(json, document.Reply.Json);
        reader.Read();
        (int Start, int End, string? Name)? found = null;
        var (isError, foundNull) = (false, false);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
        }
        else
        {
            while (reader.NextProperty())
            {
                var name = reader.Is("predictions"u8) ? "predictions" : reader.Is("outputs"u8) ? "outputs" : null;
                var isErrorName = reader.Is("error"u8) || reader.Is("error_code"u8);
                var value = reader;
                value.Read();
                var (start, isNull) = ((int)value.TokenStartIndex, value.TokenType == JsonTokenType.Null);
                isError |= reader.NextIsError(isErrorName);
                if (name is not null && (found is null || (foundNull && !isNull)))
                {
                    (found, foundNull) = ((start, (int)reader.BytesConsumed, name), isNull);
                }
            }
        }

        // Bytes after the document make it invalid JSON.
        reader.Read();
        if ((found is null || foundNull) && isError)
        {
            using var error = JsonDocument.Parse(json);
            throw ServingExceptions.ErrorInBody(call, document.Reply, error.RootElement);
        }

        return found is { } member ? member : (0, json.Length, null);
    }

    // Parts are concatenated as lists: another type or number of items would assign predictions to the wrong rows.
    private static void RequireRows(ServingCall call, ServingReply reply, ReadOnlySpan<byte> value, int rows, ItemBudget items)
    {
        var reader = new Utf8JsonReader(value);
        reader.Read();
        var isList = reader.TokenType == JsonTokenType.StartArray;
        var count = 0;
        while (isList && reader.NextItem(items))
        {
            reader.Skip();
            count++;
        }

        if (!isList || count != rows)
        {
            var counts = string.Create(CultureInfo.InvariantCulture, $"{count} predictions for {rows} rows");
            throw ServingExceptions.Unexpected(
                call, reply, isList ? counts : "a prediction that is no list",
                "The responses to a split input are concatenated by row. If the model needs the whole table, do not split it: leave " +
                $"{nameof(DatabricksPredictionOptions.MaxRowsPerRequest)} unset, and " +
                $"{nameof(DatabricksPredictionOptions.MaxRequestBytes)} high.");
        }
    }
}
