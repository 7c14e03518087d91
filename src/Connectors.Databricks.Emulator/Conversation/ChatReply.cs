using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Conversation;

/// <summary>A response to write: choices, token counts, ids and names.</summary>
internal sealed record ChatReply(
    ChatRequest Request,
    RequestIds Ids,
    long Created,
    string Model,
    IReadOnlyList<ChatAnswer> Choices,
    EmulatedUsage Usage)
{
    /// <summary>Whether the response comes through Unity Gateway.</summary>
    public bool IsGateway { get; init; }
}
