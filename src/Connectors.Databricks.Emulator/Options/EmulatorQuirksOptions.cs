namespace Connectors.Databricks.Emulator;

/// <summary>
/// Behaviors for which the evidence about the real service is open: reports disagree, or the behavior was seen on another host of the
/// model.
/// </summary>
public sealed class EmulatorQuirksOptions
{
    internal EmulatorQuirksOptions()
    {
    }

    /// <summary>Gets or sets a value indicating whether user and assistant messages must alternate.</summary>
    /// <value>false: reported for Llama 3 only (instructor issue 691).</value>
    public bool RequiresAlternatingRoles { get; set; }

    /// <summary>Gets or sets a value indicating whether a message may have a <c>name</c>.</summary>
    /// <value>true: rejected before January 2025, accepted since.</value>
    public bool AcceptsMessageNames { get; set; } = true;

    /// <summary>
    /// Gets or sets a value indicating whether every family but Gemini enforces the documented limits of schemas: 16 keys in a tool, 64 in
    /// a response format, no <c>anyOf</c>, <c>$ref</c>, <c>pattern</c> and similar keywords.
    /// </summary>
    /// <value>false: the limits are documented, but larger schemas are accepted in practice.</value>
    public bool EnforcesDocumentedSchemaLimits { get; set; }

    /// <summary>Gets or sets a value indicating whether every family accepts <c>parallel_tool_calls</c>.</summary>
    /// <value>false: reported for OpenAI models only.</value>
    public bool AcceptsParallelToolCallsEverywhere { get; set; }

    /// <summary>Gets or sets a value indicating whether OpenAI and Claude require a result for every tool call in the history.</summary>
    /// <value>
    /// false: seen on the hosts of OpenAI and Anthropic, not on Databricks. <see cref="DatabricksEmulatorOptions.Strict"/> sets it.
    /// </value>
    public bool RequiresToolResults { get; set; }

    /// <summary>Gets or sets a value indicating whether Claude accepts <c>strict</c> on tools.</summary>
    /// <value>false: rejected in reports before August 2026 (ellmer issue 548), accepted in later ones.</value>
    public bool ClaudeAcceptsStrictTools { get; set; }

    /// <summary>Gets or sets a value indicating whether Claude requires <c>tools</c> in a conversation that contains tool calls.</summary>
    /// <value>
    /// false: seen on Amazon Bedrock, which hosts the model (kibana issue 246943), not on Databricks. <see
    /// cref="DatabricksEmulatorOptions.Strict"/> sets it.
    /// </value>
    public bool ClaudeRequiresToolsAfterCalls { get; set; }

    /// <summary>Gets or sets a value indicating whether Claude accepts <c>reasoning_effort</c>.</summary>
    /// <value>false: reports disagree.</value>
    public bool ClaudeAcceptsReasoningEffort { get; set; }

    /// <summary>Gets or sets a value indicating whether Claude accepts the response format <c>json_object</c>.</summary>
    /// <value>false: an integration test of databricks-ai-bridge expects a 400.</value>
    public bool ClaudeAcceptsJsonObject { get; set; }

    /// <summary>Gets or sets a value indicating whether Claude accepts <c>http</c> and <c>https</c> URLs of images.</summary>
    /// <value>false: one report of a 400 (bifrost issue 6958).</value>
    public bool ClaudeAcceptsRemoteImages { get; set; }

    /// <summary>Gets or sets a value indicating whether Claude accepts <c>temperature</c> together with <c>top_p</c>.</summary>
    /// <value>
    /// true: rejected on other hosts of Claude (bedrock-access-gateway issue 191), not seen on Databricks. <see
    /// cref="DatabricksEmulatorOptions.Strict"/> clears it.
    /// </value>
    public bool ClaudeAcceptsTemperatureWithTopP { get; set; } = true;

    /// <summary>
    /// Gets or sets a value indicating whether Claude counts cached tokens besides <c>prompt_tokens</c> instead of inside.
    /// </summary>
    /// <value>false: Databricks' own usage tool counts them inside; a client that added them reported it as its bug.</value>
    public bool ClaudeCountsCachedTokensSeparately { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether Claude rejects reasoning that another endpoint produced or that was changed.
    /// </summary>
    /// <value>true: documented, and reported in bifrost issue 6110.</value>
    public bool ClaudeVerifiesReasoning { get; set; } = true;

    /// <summary>
    /// Gets or sets a value indicating whether Gemini rejects the schema keywords and values that Google's own API rejects, beyond those
    /// seen on Databricks.
    /// </summary>
    /// <value>false: seen on Google's host only. <see cref="DatabricksEmulatorOptions.Strict"/> sets it.</value>
    public bool GeminiEnforcesGoogleSchema { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether Claude, Gemini and OpenAI models reject what their own hosts reject: names of tools, schemas
    /// of tools, ids of calls, the order of turns, and thinking with a forced tool.
    /// </summary>
    /// <value>false: seen on the hosts only. <see cref="DatabricksEmulatorOptions.Strict"/> sets it.</value>
    public bool EnforcesHostRules { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether Gemini requires the <c>thought_signature</c> of its tool calls on the next turn.
    /// </summary>
    /// <value>
    /// true: reported (databricks-ai-bridge, code_puppy issue 165); the place of the signature on Databricks is not confirmed.
    /// </value>
    public bool GeminiRequiresThoughtSignatures { get; set; } = true;

    /// <summary>Gets or sets how embedding endpoints handle <c>encoding_format</c>.</summary>
    /// <value>
    /// <see cref="EmulatedEncodingFormat.Ignored"/>: a client that requested base64 read zeros, so a list of numbers was returned.
    /// </value>
    public EmulatedEncodingFormat EncodingFormat { get; set; } = EmulatedEncodingFormat.Ignored;

    /// <summary>Gets or sets the status of a request with an expired token.</summary>
    /// <value>403, as reported in n8n issue 34147; 401 is possible.</value>
    public int ExpiredTokenStatus { get; set; } = 403;

    /// <summary>Gets or sets the status of a request whose body exceeds the limit: 4 MiB, or 16 MiB for classic models.</summary>
    /// <value>413: no real response is known; 400 is possible.</value>
    public int PayloadTooLargeStatus { get; set; } = 413;

    /// <summary>Gets or sets the status of a query to an endpoint that is not ready.</summary>
    /// <value>400: no real response is known; 503 is possible.</value>
    public int NotReadyStatus { get; set; } = 400;

    /// <summary>Gets or sets a value indicating whether the response to a change of tags is a bare array.</summary>
    /// <value>false: older servers return an array, current ones an object.</value>
    public bool ReturnsTagsAsArray { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the Responses API rejects encrypted reasoning that another endpoint produced or that was
    /// changed.
    /// </summary>
    /// <value>true: documented that items go back unchanged; the rejection is reported for chat completions of Claude only.</value>
    public bool ResponsesVerifyReasoning { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether the unified Responses API rejects output items that come back changed.</summary>
    /// <value>
    /// false: documented that they go back unchanged, no rejection is reported. <see cref="DatabricksEmulatorOptions.Strict"/> sets it.
    /// </value>
    public bool ResponsesRequireUnchangedItems { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the gateway accepts the name of a system model service without <c>system.ai.</c>.
    /// </summary>
    /// <value>false: short names are not confirmed.</value>
    public bool GatewayAcceptsShortNames { get; set; }

    /// <summary>Gets or sets the <c>error_code</c> of the 404 in a workspace without Unity Gateway.</summary>
    /// <value><c>ENDPOINT_NOT_FOUND</c>; <c>FEATURE_DISABLED</c> is reported too.</value>
    public string MissingGatewayCode { get; set; } = "ENDPOINT_NOT_FOUND";

    /// <summary>
    /// Gets or sets the paths that the workspace does not have, such as <c>/ai-gateway/mlflow/v1/responses</c>: they return the 404 of an
    /// unknown path.
    /// </summary>
    /// <value>Empty: paths were added over time, and regions differ; which have which is not documented.</value>
    public IReadOnlyList<string> MissingPaths { get; set; } = [];

    /// <summary>Gets or sets the <c>error_code</c> of the 404 for an unknown model service.</summary>
    /// <value><c>RESOURCE_DOES_NOT_EXIST</c>; <c>NOT_FOUND</c> is reported too.</value>
    public string MissingModelServiceCode { get; set; } = "RESOURCE_DOES_NOT_EXIST";

    /// <summary>Gets or sets the <c>error_code</c> of an update or a deletion of a model service with a stale <c>etag</c>.</summary>
    /// <value>
    /// <c>RESOURCE_CONFLICT</c>, with 409: no rejection is reported. <c>ABORTED</c>, with 409, and <c>FAILED_PRECONDITION</c>, with 400,
    /// are possible.
    /// </value>
    public string StaleEtagCode { get; set; } = "RESOURCE_CONFLICT";

    /// <summary>
    /// Gets or sets a value indicating whether requests for model services must not contain members that the service alone sets.
    /// </summary>
    /// <value>false: they are ignored; a client is reported to remove them.</value>
    public bool RejectsReadOnlyMembers { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the 403 for a missing OAuth scope reads <c>Invalid scope, required scopes: …</c>.
    /// </summary>
    /// <value>false: both texts are reported.</value>
    public bool SaysInvalidScope { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the workspace has a compliance security profile: <c>GET /api/ai-gateway/v2/endpoints</c>,
    /// which clients use to probe for the gateway, returns 404.
    /// </summary>
    /// <value>false</value>
    public bool HasComplianceProfile { get; set; }

    /// <summary>Gets or sets a value indicating whether every page of model services repeats the same <c>next_page_token</c>.</summary>
    /// <value>false: reported for single hosts.</value>
    public bool RepeatsPageTokens { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether <c>supported_api_types</c> has short names, such as <c>chat</c>, in place of paths.
    /// </summary>
    /// <value>false: captures have paths; the SDKs document short names.</value>
    public bool UsesShortApiNames { get; set; }

    /// <summary>Sets what is known of other hosts of the models alone, or documented without a reported rejection.</summary>
    internal void RejectWithoutEvidence()
    {
        RequiresToolResults = true;
        ClaudeRequiresToolsAfterCalls = true;
        ClaudeAcceptsTemperatureWithTopP = false;
        GeminiEnforcesGoogleSchema = true;
        EnforcesHostRules = true;
        ResponsesRequireUnchangedItems = true;
    }

    internal EmulatorQuirksOptions Copy()
    {
        var copy = (EmulatorQuirksOptions)MemberwiseClone();
        copy.MissingPaths = [.. MissingPaths];
        return copy;
    }
}
