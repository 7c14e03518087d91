using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Replies;

/// <summary>Reads the JSON of a whole response.</summary>
internal delegate ChatResponse ReplyReader(
    ServingCall call, ServedDocument document, byte[] json, ReasoningContext reasoning, CancellationToken cancellationToken);

/// <summary>Reads a whole response: numbers that Python writes are replaced, and every failure is typed.</summary>
internal static class ReplyDocument
{
    /// <exception cref="DatabricksServingException">The body exceeds a limit, or is not the JSON expected there.</exception>
    public static ChatResponse Read(
        ReplyReader read, ServingCall call, ServedDocument document, ReasoningContext reasoning, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return read(call, document, document.Body, reasoning, cancellationToken);
            }
            catch (JsonException) when (PythonJson.MayOccur(document.Body) && PythonJson.Replaced(document.Body) is { } json)
            {
                return read(call, document, json, reasoning, cancellationToken);
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
}
