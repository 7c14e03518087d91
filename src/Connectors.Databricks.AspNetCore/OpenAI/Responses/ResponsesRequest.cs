using Connectors.Databricks.AspNetCore.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Responses;

/// <summary>A request of the Responses API as the connector takes it.</summary>
/// <param name="Model">The endpoint.</param>
/// <param name="Messages">The messages.</param>
/// <param name="Options">The options.</param>
/// <param name="IsStream">Whether a stream is requested.</param>
/// <param name="Body">The request, of which a response repeats some members.</param>
internal sealed record ResponsesRequest(
    string Model, List<ChatMessage> Messages, ChatOptions Options, bool IsStream, RequestValue Body);
