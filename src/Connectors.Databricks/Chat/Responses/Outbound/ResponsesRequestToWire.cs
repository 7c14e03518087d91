using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>Writes the request document of the Responses API: input items, options, and JSON of the caller.</summary>
internal static class ResponsesRequestToWire
{
    /// <param name="request">The request.</param>
    /// <param name="messages">The messages of the request, adapted to the model.</param>
    /// <param name="settings">The options of the client.</param>
    public static RequestBody Write(ChatRequest request, IReadOnlyList<ChatMessage> messages, DatabricksServingOptions settings) =>
        throw new NotSupportedException("The Responses API is not supported yet.");
}
