using System.Text.Json;
using Connectors.Databricks.Sql.Results;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Sql.Statements;

/// <summary>Reads the documents of the Statement Execution API. Rows stay in the buffer that they came in until they are read.</summary>
internal static class StatementFromWire
{
    /// <exception cref="DatabricksServingException">It is not the document of a statement, or an error object.</exception>
    public static StatementDocument Read(ServingCall call, ServedDocument document, CancellationToken cancellationToken) =>
        Read(call, document, Statement, cancellationToken);

    /// <summary>Reads a chunk of a result.</summary>
    /// <exception cref="DatabricksServingException">It is not a chunk, or an error object.</exception>
    public static ResultChunk ReadChunk(ServingCall call, ServedDocument document, CancellationToken cancellationToken) =>
        Read(call, document, ResultFromWire.Chunk, cancellationToken);

    private static T Read<T>(ServingCall call, ServedDocument document, Part<T> read, CancellationToken cancellationToken)
    {
        try
        {
            JsonBounds.Require(document.Body, document.Reply.Limits.MaxJsonValues, document.Reply.Json, cancellationToken);
            WorkspaceDocument.ThrowIfError(call, document);
            JsonReading.RequireUtf8(document.Body);
            var reader = new Utf8JsonReader(document.Body, document.Reply.Json);
            if (!reader.NextIsObject())
            {
                throw new JsonException("The document is not an object.");
            }

            var result = read(ref reader, document.Body, new ItemBudget(document.Reply.Limits.MaxItems, cancellationToken));
            return !reader.Read() ? result : throw new JsonException("There is more after the document.");
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

    private static StatementDocument Statement(ref Utf8JsonReader reader, byte[] body, ItemBudget items)
    {
        string? id = null;
        var document = new StatementDocument { Id = string.Empty, State = string.Empty };
        while (reader.NextProperty())
        {
            if (reader.Is("statement_id"u8))
            {
                id = reader.NextString();
            }
            else if (reader.Is("status"u8) && reader.NextIsObject())
            {
                document = Status(ref reader, document);
            }
            else if (reader.Is("manifest"u8) && reader.NextIsObject())
            {
                document = ResultFromWire.Manifest(ref reader, document, items);
            }
            else if (reader.Is("result"u8) && reader.NextIsObject())
            {
                document = document with { First = ResultFromWire.Chunk(ref reader, body, items) };
            }
            else
            {
                reader.Skip();
            }
        }

        return id is { Length: > 0 } && document.State.Length > 0
            ? document with { Id = id }
            : throw new JsonException("The document has no statement id or no state.");
    }

    private static StatementDocument Status(ref Utf8JsonReader reader, StatementDocument document)
    {
        while (reader.NextProperty())
        {
            if (reader.Is("state"u8))
            {
                document = document with { State = reader.NextString() ?? string.Empty };
            }
            else if (reader.Is("sql_state"u8))
            {
                document = document with { SqlState = reader.NextString() };
            }
            else if (reader.Is("error"u8) && reader.NextIsObject())
            {
                while (reader.NextProperty())
                {
                    var isCode = reader.Is("error_code"u8);
                    if (isCode || reader.Is("message"u8))
                    {
                        var text = reader.NextScalarText();
                        document = isCode ? document with { ErrorCode = text } : document with { ErrorMessage = text };
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return document;
    }

    private delegate T Part<out T>(ref Utf8JsonReader reader, byte[] body, ItemBudget items);
}
