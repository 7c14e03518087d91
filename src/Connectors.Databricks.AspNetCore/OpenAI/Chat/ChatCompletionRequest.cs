using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Chat;

/// <summary>A chat-completions request as the connector takes it.</summary>
/// <param name="Model">The endpoint.</param>
/// <param name="Messages">The messages.</param>
/// <param name="Options">The options.</param>
/// <param name="IsStream">Whether a stream is requested.</param>
/// <param name="IncludesUsage">Whether a stream ends with the token usage.</param>
internal sealed record ChatCompletionRequest(
    string Model, List<ChatMessage> Messages, ChatOptions Options, bool IsStream, bool IncludesUsage);
