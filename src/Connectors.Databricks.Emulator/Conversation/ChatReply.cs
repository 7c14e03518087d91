using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Conversation;

/// <summary>A whole answer ready to be written: the choices, the counts, and the names that frame them.</summary>
internal sealed record ChatReply(
    ChatRequest Request,
    RequestIds Ids,
    long Created,
    string Model,
    IReadOnlyList<ChatAnswer> Choices,
    EmulatedUsage Usage);
