namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>The types of output items that have contents of their own.</summary>
internal enum ItemKind
{
    /// <summary>The type is not known yet.</summary>
    Pending,

    Message,
    Reasoning,
    Call,

    /// <summary>The result of a tool that an agent ran itself.</summary>
    CallOutput,

    ApprovalRequest,
    Image,

    /// <summary>An item of another type, which is kept for the model that sent it.</summary>
    Other,
}
