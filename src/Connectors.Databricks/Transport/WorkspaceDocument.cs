using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Transport;

/// <summary>Reads the documents of the workspace API.</summary>
internal static class WorkspaceDocument
{
    /// <summary>
    /// Documents of this API have some forty members per endpoint, and every member that is not known here is kept: so values are bounded,
    /// too.
    /// </summary>
    private const int ValuesPerItem = 10;

    /// <exception cref="DatabricksServingException">The response is not the document of the route.</exception>
    public static T Read<T>(ServingCall call, ServedDocument document, JsonTypeInfo<T> contract, CancellationToken cancellationToken)
    {
        try
        {
            RequireBounded(document, cancellationToken);
            ThrowIfError(call, document);
            if (JsonSerializer.Deserialize(document.Body, contract) is { } read)
            {
                return read;
            }

            throw new JsonException("The document is null.");
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

    /// <summary>Reads any JSON document, which outlives the buffer it came in.</summary>
    /// <exception cref="DatabricksServingException">It is not JSON, or is an error object.</exception>
    public static JsonElement ReadElement(ServingCall call, ServedDocument document, CancellationToken cancellationToken)
    {
        try
        {
            RequireBounded(document, cancellationToken);
            ThrowIfError(call, document);
            var reader = new Utf8JsonReader(document.Body, document.Reply.Json);
            var element = JsonElement.ParseValue(ref reader);
            return !reader.Read() ? element : throw new JsonException("There is more after the document.");
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

    /// <summary>A document that is text, such as metrics, without a byte order mark.</summary>
    private static string Text(ServedDocument document) => Encoding.UTF8.GetString(document.Body.AsSpan().StartsWith(JsonReading.Mark)
        ? document.Body.AsSpan(JsonReading.Mark.Length)
        : document.Body);

    /// <summary>Reads a document that is text.</summary>
    /// <exception cref="DatabricksServingException">It is an error object.</exception>
    public static string ReadText(ServingCall call, ServedDocument document, CancellationToken cancellationToken)
    {
        RequireNoError(call, document, cancellationToken);
        return Text(document);
    }

    /// <summary>Reads the response to a request that expects no content: empty, any text, or an object.</summary>
    /// <returns>True.</returns>
    /// <exception cref="DatabricksServingException">It is an error object.</exception>
    public static bool RequireNoError(ServingCall call, ServedDocument document, CancellationToken cancellationToken)
    {
        try
        {
            RequireBounded(document, cancellationToken);
            ThrowIfError(call, document);
        }
        catch (BoundExceededException exception)
        {
            throw ServingExceptions.TooLarge(call, document.Reply, exception.Limit, exception.Name);
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            // The status means that the request was accepted; the text adds nothing.
        }

        return true;
    }

    // The serializer takes any number of items, and cannot be canceled: they are counted first.
    private static void RequireBounded(ServedDocument document, CancellationToken cancellationToken)
    {
        var limits = document.Reply.Limits;
        var values = Math.Min(limits.MaxJsonValues, (long)limits.MaxItems * ValuesPerItem);
        JsonBounds.Require(document.Body, (int)Math.Min(values, int.MaxValue), document.Reply.Json, cancellationToken);
        if (document.Body.Length <= limits.MaxItems)
        {
            return;
        }

        var budget = new ItemBudget(limits.MaxItems, cancellationToken);
        var reader = new Utf8JsonReader(document.Body, document.Reply.Json);
        var inArray = new Stack<bool>();
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
            {
                inArray.Pop();
                continue;
            }

            if (inArray.TryPeek(out var isItem) && isItem)
            {
                budget.Spend();
            }

            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                inArray.Push(reader.TokenType == JsonTokenType.StartArray);
            }
        }
    }

    // A gateway may return 200 with an error object in the body; read as an endpoint, that would be one without a name.
    internal static void ThrowIfError(ServingCall call, ServedDocument document)
    {
        var reader = new Utf8JsonReader(document.Body, document.Reply.Json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.NextProperty())
        {
            var isErrorName = reader.ValueTextEquals("error"u8) || reader.ValueTextEquals("error_code"u8);
            if (reader.NextIsError(isErrorName))
            {
                using var parsed = JsonDocument.Parse(document.Body);
                throw ServingExceptions.ErrorInBody(call, document.Reply, parsed.RootElement);
            }
        }
    }
}
