namespace Connectors.Databricks;

/// <summary>
/// Keys of Databricks-specific values in the <c>AdditionalProperties</c> of options, responses, messages and contents.
/// </summary>
public static class DatabricksPropertyNames
{
    /// <summary>On a response: the request id, a <see cref="string"/>.</summary>
    public const string RequestId = "request_id";

    /// <summary>On a response: the served entity that handled the request, a <see cref="string"/>.</summary>
    public const string ServedModelName = "served_model_name";

    /// <summary>On a response: the trace of an agent, a <c>JsonElement</c>; request it with <c>WithAgentTrace</c>.</summary>
    public const string DatabricksOutput = "databricks_output";

    /// <summary>On a response: the id of the MLflow trace of an agent, a <see cref="string"/>.</summary>
    public const string TraceId = "trace_id";

    /// <summary>On a response: the custom outputs of an agent, a <c>JsonElement</c>.</summary>
    public const string CustomOutputs = "custom_outputs";

    /// <summary>On a response: the processing tier that served the call, a <see cref="string"/>.</summary>
    public const string ServiceTier = "service_tier";

    /// <summary>On a response: the system fingerprint of the backend, a <see cref="string"/>.</summary>
    public const string SystemFingerprint = "system_fingerprint";

    /// <summary>
    /// On a response, or the first update of a stream, of a chat client with several endpoints: the endpoints that failed, and why, a
    /// <see cref="string"/> array such as <c>["databricks-gpt-5-2: 429 REQUEST_LIMIT_EXCEEDED"]</c>. Absent when the first endpoint
    /// succeeded.
    /// </summary>
    public const string FallbackHops = "fallback_hops";

    /// <summary>
    /// On a message: the finish reason of the choice as the service returned it, a <see cref="string"/>. Set only on the second and further
    /// choices of a call with <c>n</c> above 1; the finish reason of the first choice is the <c>FinishReason</c> of the response.
    /// </summary>
    public const string FinishReason = "finish_reason";

    /// <summary>On a message: token log probabilities, a <c>JsonElement</c>; request them with <c>WithLogProbs</c>.</summary>
    public const string LogProbs = "logprobs";

    /// <summary>On a <c>FunctionCallContent</c> whose arguments are not valid JSON: the original text, a <see cref="string"/>.</summary>
    public const string RawArguments = "raw_arguments";

    /// <summary>
    /// On a <c>FunctionCallContent</c>: the members of the call without a property of their own, a <c>JsonElement</c> object. They are
    /// sent back unchanged, for example the thought signatures of Gemini.
    /// </summary>
    public const string ToolCallExtras = "tool_call_extras";

    /// <summary>
    /// On a <c>FunctionCallContent</c> whose id another call of the response has as well: the id of the service, a <see cref="string"/>.
    /// The <c>CallId</c> is unique; the model that made the call gets its own id back.
    /// </summary>
    public const string ToolCallId = "tool_call_id";

    /// <summary>
    /// On a <c>FunctionCallContent</c> with <see cref="ToolCallExtras"/> or <see cref="ToolCallId"/>: the endpoint that made the call, a
    /// <see cref="string"/>. They are sent only to the model of that endpoint, because other models reject them.
    /// </summary>
    public const string ToolCallOrigin = "tool_call_origin";

    /// <summary>
    /// On a <c>FunctionCallContent</c> of a chat agent: <see langword="true"/>. The result is then sent with the function name, which
    /// agents require.
    /// </summary>
    public const string AgentCall = "agent_call";

    /// <summary>
    /// On a content of an unknown kind: the part as the service sent it, a <c>JsonElement</c>. It is sent back unchanged, and only to the
    /// model of the endpoint in <see cref="ContentPartOrigin"/>.
    /// </summary>
    public const string ContentPart = "content_part";

    /// <summary>On a content with <see cref="ContentPart"/>: the endpoint that sent it, a <see cref="string"/>.</summary>
    public const string ContentPartOrigin = "content_part_origin";

    /// <summary>
    /// On a content of the Responses API: the output item that it belongs to, with its endpoint and its position, a <see cref="string"/>.
    /// The item is sent back unchanged while its text, call or result is the same.
    /// </summary>
    public const string ResponseItem = "response_item";

    /// <summary>On an image content: the requested detail level, a <see cref="string"/> such as <c>low</c>.</summary>
    public const string ImageDetail = "detail";

    /// <summary>
    /// On <c>EmbeddingGenerationOptions</c>: the purpose of the inputs, a <see cref="string"/>, for models that support it. It takes
    /// precedence over
    /// <see cref="DatabricksEmbeddingOptions.Instruction"/>.
    /// </summary>
    public const string Instruction = "instruction";

    /// <summary>
    /// On <c>ChatOptions</c> or a tool: a <see cref="bool"/> that requests a strict schema; see
    /// <c>WithStrictSchema</c>. It is not sent as a body member.
    /// </summary>
    public const string Strict = "strict";

    /// <summary>
    /// On <c>ChatOptions</c>: a <see cref="bool"/> that overrides <see cref="DatabricksChatOptions.ShapeRequests"/> for one call. It is
    /// not sent as a body member.
    /// </summary>
    public const string ShapeRequest = "shape_request";

    /// <summary>
    /// On a response: the adjustments of the request to the capabilities of the model. Read them with
    /// <see cref="DatabricksAIExtensions.GetRequestAdjustments(Microsoft.Extensions.AI.ChatResponse)"/>.
    /// </summary>
    public const string RequestAdjustments = "request_adjustments";

    /// <summary>
    /// On a content, a message or a tool: <see langword="true"/>, or a JSON object such as <c>{"type":"ephemeral"}</c>. The prompt up to
    /// this point is cached by the model. <see cref="DatabricksAIExtensions"/> has methods that set it.
    /// </summary>
    public const string CacheControl = "cache_control";

    /// <summary>
    /// On <c>ChatOptions</c> and <c>EmbeddingGenerationOptions</c>: tags of the call, a dictionary of strings or a JSON object of strings.
    /// They are sent to Unity Gateway in a header, and are not a body member.
    /// </summary>
    public const string RequestTags = "request_tags";

    /// <summary>
    /// On a response: the denial by a service policy, a <c>JsonElement</c> object. Read it with
    /// <see cref="DatabricksAIExtensions.GetServicePolicyDenial(Microsoft.Extensions.AI.ChatResponse)"/>.
    /// </summary>
    public const string ServicePolicyDenial = "service_policy_denial";

    /// <summary>
    /// On a response or an update of an agent whose server crashed and began the run again: the number of the attempt, a <see
    /// cref="long"/> above 1. Text of the attempt before it may be repeated, in messages of their own.
    /// </summary>
    public const string RunAttempt = "run_attempt";

    /// <summary>On a response: the <c>traceresponse</c> header of Unity Gateway, a W3C trace context, a <see cref="string"/>.</summary>
    public const string TraceResponse = "traceresponse";
}
