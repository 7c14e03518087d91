using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>Reads a document of the Responses API.</summary>
internal static class ResponsesFromWire
{
    /// <exception cref="DatabricksServingException">The body is an error, not JSON, or not a response.</exception>
    public static ChatResponse Read(
        ServingCall call, ServedDocument document, ReasoningContext reasoning, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The Responses API is not supported yet.");
}
