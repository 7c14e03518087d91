namespace Connectors.Databricks;

/// <summary>
/// Keys under which Databricks-specific facts stand in the <c>AdditionalProperties</c> of responses, messages and contents.
/// </summary>
public static class DatabricksPropertyNames
{
    /// <summary>On a response: the request id, a <see cref="string"/>.</summary>
    public const string RequestId = "request_id";

    /// <summary>On a response: the served entity that answered, a <see cref="string"/>.</summary>
    public const string ServedModelName = "served_model_name";

    /// <summary>On a response: the trace that an agent returns, a <c>JsonElement</c>; ask for it with <c>databricks_options</c>.</summary>
    public const string DatabricksOutput = "databricks_output";

    /// <summary>On a response: what an agent returns beside its messages, a <c>JsonElement</c>.</summary>
    public const string CustomOutputs = "custom_outputs";

    /// <summary>On a response: the processing tier that served the call, a <see cref="string"/>.</summary>
    public const string ServiceTier = "service_tier";

    /// <summary>On a response: the backend's fingerprint, a <see cref="string"/>.</summary>
    public const string SystemFingerprint = "system_fingerprint";

    /// <summary>
    /// On a response, or the first update of a stream, of a chat client with several endpoints: those that were left, and why, a
    /// <see cref="string"/> array such as <c>["databricks-gpt-5-2: 429 REQUEST_LIMIT_EXCEEDED"]</c>. Absent when the first one answered.
    /// </summary>
    public const string FallbackHops = "fallback_hops";

    /// <summary>
    /// On a message: why this choice ended, a <see cref="string"/> as it came. Written only on the second and further choices of a
    /// call with <c>n</c> above 1; the first choice's reason is the response's <c>FinishReason</c>.
    /// </summary>
    public const string FinishReason = "finish_reason";

    /// <summary>On a message: token log probabilities, a <c>JsonElement</c>; ask for them with the body field <c>logprobs</c>.</summary>
    public const string LogProbs = "logprobs";

    /// <summary>On a <c>FunctionCallContent</c> whose arguments are not JSON: the text as it came, a <see cref="string"/>.</summary>
    public const string RawArguments = "raw_arguments";

    /// <summary>
    /// On a <c>FunctionCallContent</c>: the members of the call that have no property here, a <c>JsonElement</c> object. They go back
    /// on the wire unchanged (Gemini's thought signatures travel so).
    /// </summary>
    public const string ToolCallExtras = "tool_call_extras";

    /// <summary>
    /// On a <c>FunctionCallContent</c> with <see cref="ToolCallExtras"/>: the endpoint that made the call, a <see cref="string"/>. They go
    /// back to its model alone: no other understands them.
    /// </summary>
    public const string ToolCallOrigin = "tool_call_origin";

    /// <summary>
    /// On a <c>FunctionCallContent</c> of a chat agent: <see langword="true"/>. The result then goes back with the function's name, without
    /// which agents refuse it.
    /// </summary>
    public const string AgentCall = "agent_call";

    /// <summary>On an image content: the detail level to ask for, a <see cref="string"/> such as <c>low</c>.</summary>
    public const string ImageDetail = "detail";

    /// <summary>
    /// On <c>EmbeddingGenerationOptions</c>: what the inputs are for, a <see cref="string"/>, for models that take one. It goes before
    /// <see cref="DatabricksEmbeddingOptions.Instruction"/>.
    /// </summary>
    public const string Instruction = "instruction";

    /// <summary>
    /// On <c>ChatOptions</c> or a tool: a <see cref="bool"/>; asks for a strict schema. It is never a body field of its own.
    /// </summary>
    public const string Strict = "strict";

    /// <summary>
    /// On <c>ChatOptions</c>: a <see cref="bool"/> that goes before <see cref="DatabricksServingOptions.ShapeRequests"/> for one call. It is
    /// never a body field of its own.
    /// </summary>
    public const string ShapeRequest = "shape_request";

    /// <summary>
    /// On a response: what of the request was written otherwise, because the model does not take it as it was. Read it with
    /// <see cref="DatabricksChatExtensions.GetRequestAdjustments(Microsoft.Extensions.AI.ChatResponse)"/>.
    /// </summary>
    public const string RequestAdjustments = "request_adjustments";

    /// <summary>
    /// On a content, a message or a tool: <see langword="true"/>, or a JSON object such as <c>{"type":"ephemeral"}</c>. The prompt up to
    /// here is kept in the model's prompt cache. <see cref="DatabricksChatExtensions"/> has methods that set it.
    /// </summary>
    public const string CacheControl = "cache_control";
}
