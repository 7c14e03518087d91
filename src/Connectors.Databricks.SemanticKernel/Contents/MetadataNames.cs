namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>The keys of <c>Metadata</c>. Those that Semantic Kernel's OpenAI connector writes too bear its names.</summary>
internal static class MetadataNames
{
    public const string Id = "Id";
    public const string CompletionId = "CompletionId";
    public const string CreatedAt = "CreatedAt";
    public const string SystemFingerprint = "SystemFingerprint";
    public const string Usage = "Usage";
    public const string FinishReason = "FinishReason";
    public const string LogProbs = "ContentTokenLogProbabilities";
    public const string Refusal = "Refusal";
    public const string RefusalUpdate = "RefusalUpdate";
    public const string RequestId = "RequestId";
    public const string ServedModelName = "ServedModelName";
    public const string CachedTokens = "CachedInputTokenCount";
    public const string ReasoningTokens = "ReasoningTokenCount";

    /// <summary>On reasoning: the data that is required to send it back unchanged.</summary>
    public const string ProtectedData = "ProtectedData";

    /// <summary>On a function call: its arguments as the model typed them.</summary>
    public const string Arguments = "Arguments";

    /// <summary>On an approval request of an agent, and on the decision: the id of the request.</summary>
    public const string ApprovalRequestId = "ApprovalRequestId";

    /// <summary>On an approval request: the name of the tool.</summary>
    public const string ApprovalName = "ToolName";

    /// <summary>On an approval request: the name of the MCP server.</summary>
    public const string ApprovalServer = "ServerName";

    /// <summary>On the decision on an approval request: true or false.</summary>
    public const string Approved = "Approved";

    /// <summary>On the decision on an approval request: the reason, for the agent.</summary>
    public const string ApprovalReason = "Reason";

    /// <summary>On text: the citations that belong to it.</summary>
    public const string Annotations = "Annotations";

    /// <summary>On an image: the level of detail, under the name that apps of the OpenAI connector use.</summary>
    public const string OpenAIImageDetail = "ChatImageDetailLevel";

    /// <summary>On a tool message of old histories: the id of the call whose result its text is.</summary>
    public const string OpenAIToolId = "ChatCompletionsToolCall.Id";

    /// <summary>On an assistant message of old histories: its calls, an array of <c>Id</c>, <c>Name</c>, <c>Arguments</c>.</summary>
    public const string OpenAIToolCalls = "ChatResponseMessage.FunctionToolCalls";
}
