namespace Connectors.Databricks.Tests.Transport;

/// <summary>Error bodies of the service: status, body, code, message, whether it is transient, and the exception's message.</summary>
public static class ErrorTable
{
    private const string Parameter = "If the message names a parameter, this model does not accept it: leave that option unset.";
    private const string Later = "Try again: an endpoint that had scaled to zero needs minutes to come up.";
    private const string Throttled =
        "Wait, send less at once, or lower MaxOutputTokens, which is reserved against the token limit up front.";
    private const string Permission = "Ask for CAN_QUERY on the endpoint, and check that the workspace may use it.";

    internal const string Disabled = "The feature is not enabled for this workspace: ask a workspace admin.";
    private const string Scope =
        "The token lacks an OAuth scope that the message names: request the token, or set up the app's authorization, with that scope.";

    private const string UseService =
        "Pass the name of a model service that routes to it (three parts, as in 'system.ai.claude-sonnet-4-5') to GetChatClient or " +
        "GetEmbeddingGenerator, and leave DatabricksServingOptions.Gateway at Auto.";

    public static TheoryData<int, string, string?, string?, bool, string> Errors => new()
    {
        {
            401, """{"error_code":"UNAUTHENTICATED","message":"Credential was not sent."}""",
            "UNAUTHENTICATED", "Credential was not sent.", false,
            "401 Unauthorized, UNAUTHENTICATED: \"Credential was not sent.\" Check the token: it may be wrong, expired, revoked, or of " +
            "another workspace."
        },
        {
            401, "", null, null, false,
            "401 Unauthorized. Check the token: it may be wrong, expired, revoked, or of another workspace."
        },
        {
            403, """{"error_code":"PERMISSION_DENIED","message":"You do not have permission."}""",
            "PERMISSION_DENIED", "You do not have permission.", false,
            $"403 Forbidden, PERMISSION_DENIED: \"You do not have permission.\" {Permission}"
        },
        {
            403, """{"error_code":"PERMISSION_DENIED","message":"The endpoint is temporarily disabled due to a Databricks-set rate limit of 0."}""",
            "PERMISSION_DENIED", "The endpoint is temporarily disabled due to a Databricks-set rate limit of 0.", false,
            "403 Forbidden, PERMISSION_DENIED: \"The endpoint is temporarily disabled due to a Databricks-set rate limit of 0.\" " +
            "Databricks has disabled this model for the workspace, as it does in trial workspaces: use another model, or ask Databricks " +
            "to enable it. Waiting or permissions do not help."
        },
        {
            403, """{"error_code":"PERMISSION_DENIED","message":"Querying pay-per-token foundation model endpoint 'x' is disabled for this workspace. Please use Unity Gateway."}""",
            "PERMISSION_DENIED",
            "Querying pay-per-token foundation model endpoint 'x' is disabled for this workspace. Please use Unity Gateway.", false,
            "403 Forbidden, PERMISSION_DENIED: \"Querying pay-per-token foundation model endpoint 'x' is disabled for this workspace. " +
            $"Please use Unity Gateway.\" The workspace enforces Unity Gateway: pay-per-token models are served there only. {UseService}"
        },
        {
            403, """{"error_code":"PERMISSION_DENIED","message":"Querying provisioned throughput endpoint 'x' directly is disabled for this workspace. Please use Unity Gateway."}""",
            "PERMISSION_DENIED",
            "Querying provisioned throughput endpoint 'x' directly is disabled for this workspace. Please use Unity Gateway.", false,
            "403 Forbidden, PERMISSION_DENIED: \"Querying provisioned throughput endpoint 'x' directly is disabled for this workspace. " +
            "Please use Unity Gateway.\" The workspace enforces Unity Gateway: a provisioned throughput endpoint is queried through a " +
            $"model service. {UseService}"
        },
        {
            403, """{"error_code":"PERMISSION_DENIED","message":"Endpoint 'x' is no longer available. Please use Unity Gateway."}""",
            "PERMISSION_DENIED", "Endpoint 'x' is no longer available. Please use Unity Gateway.", false,
            "403 Forbidden, PERMISSION_DENIED: \"Endpoint 'x' is no longer available. Please use Unity Gateway.\" " +
            $"Unity Gateway replaces this endpoint. {UseService}"
        },
        {
            403, """{"error_code":403,"message":"Provided OAuth token does not have required scopes: model-serving [ReqId: 1]"}""",
            "403", "Provided OAuth token does not have required scopes: model-serving [ReqId: 1]", false,
            $"403 Forbidden, 403: \"Provided OAuth token does not have required scopes: model-serving [ReqId: 1]\". {Scope}"
        },
        {
            403, """{"error_code":"PERMISSION_DENIED","message":"Invalid scope of the token, required scopes: all-apis"}""",
            "PERMISSION_DENIED", "Invalid scope of the token, required scopes: all-apis", false,
            $"403 Forbidden, PERMISSION_DENIED: \"Invalid scope of the token, required scopes: all-apis\". {Scope}"
        },
        {
            403, """{"error_code":"PERMISSION_DENIED","message":"Budget exceeded."}""", "PERMISSION_DENIED", "Budget exceeded.", false,
            "403 Forbidden, PERMISSION_DENIED: \"Budget exceeded.\" A budget is exhausted: ask the admin who manages it to raise it, or " +
            "wait until it renews."
        },
        {
            400, """{"error_code":400,"message":"io.jsonwebtoken.IncorrectClaimException: Expected aud claim to be: , but was: 1111."}""",
            "400", "io.jsonwebtoken.IncorrectClaimException: Expected aud claim to be: , but was: 1111.", false,
            "400 Bad Request, 400: \"io.jsonwebtoken.IncorrectClaimException: Expected aud claim to be: , but was: 1111.\" The token was " +
            "issued for another audience: check Host and AzureManagementToken, or use another authentication type."
        },
        {
            403, """{"error_code":403,"message":"Invalid access token."}""", "403", "Invalid access token.", false,
            "403 Forbidden, 403: \"Invalid access token.\" Create a new token: this one no longer works."
        },
        {
            404, """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"Serving endpoint with name X not found"}""",
            "RESOURCE_DOES_NOT_EXIST", "Serving endpoint with name X not found", false,
            "404 Not Found, RESOURCE_DOES_NOT_EXIST: \"Serving endpoint with name X not found\". " +
            "Check the endpoint name against the workspace's Serving page; model services have names of three parts, such as " +
            "'system.ai.gpt-5-2'."
        },
        {
            404, """{"error_code":"ENDPOINT_NOT_FOUND","message":"No API found for 'POST /serving-endpoints/x/invocations'"}""",
            "ENDPOINT_NOT_FOUND", "No API found for 'POST /serving-endpoints/x/invocations'", false,
            "404 Not Found, ENDPOINT_NOT_FOUND: \"No API found for 'POST /serving-endpoints/x/invocations'\". " +
            "Check that Host is a Databricks workspace that offers Model Serving."
        },
        {
            409, """{"error_code":"RESOURCE_ALREADY_EXISTS","message":"It already exists"}""",
            "RESOURCE_ALREADY_EXISTS", "It already exists", false,
            "409 Conflict, RESOURCE_ALREADY_EXISTS: \"It already exists\". See the endpoint's page in the workspace."
        },
        {
            409, """{"error_code":"RESOURCE_CONFLICT","message":"Endpoint X is currently updating."}""",
            "RESOURCE_CONFLICT", "Endpoint X is currently updating.", false,
            "409 Conflict, RESOURCE_CONFLICT: \"Endpoint X is currently updating.\" See the endpoint's page in the workspace."
        },
        {
            400, """{"error_code":"BAD_REQUEST","message":"{\"message\":\"foo: Extra inputs are not permitted\"}"}""",
            "BAD_REQUEST", "foo: Extra inputs are not permitted", false,
            $"400 Bad Request, BAD_REQUEST: \"foo: Extra inputs are not permitted\". {Parameter}"
        },
        {
            400, """{"error_code":"BAD_REQUEST","message":"Invalid JSON payload received. Unknown name \"foo\" at 'generation_config': Cannot find field."}""",
            "BAD_REQUEST", "Invalid JSON payload received. Unknown name \"foo\" at 'generation_config': Cannot find field.", false,
            "400 Bad Request, BAD_REQUEST: \"Invalid JSON payload received. Unknown name \"foo\" at 'generation_config': Cannot find " +
            $"field.\" {Parameter}"
        },
        {
            400, """{"error_code":"BAD_REQUEST","message":"{\"error\":{\"message\":\"Unsupported value: 'temperature'.\",\"type\":\"invalid_request_error\",\"param\":\"temperature\",\"code\":\"unsupported_value\"}}"}""",
            "BAD_REQUEST", "Unsupported value: 'temperature'.", false,
            $"400 Bad Request, BAD_REQUEST: \"Unsupported value: 'temperature'.\" {Parameter}"
        },
        {
            400, """{"error_code":"BAD_REQUEST","message":"Model claude-5 does not support the temperature parameter."}""",
            "BAD_REQUEST", "Model claude-5 does not support the temperature parameter.", false,
            $"400 Bad Request, BAD_REQUEST: \"Model claude-5 does not support the temperature parameter.\" {Parameter}"
        },
        {
            400, """{"error_code":"INVALID_PARAMETER_VALUE","message":"reasoning_effort: Supported values are: low, high"}""",
            "INVALID_PARAMETER_VALUE", "reasoning_effort: Supported values are: low, high", false,
            $"400 Bad Request, INVALID_PARAMETER_VALUE: \"reasoning_effort: Supported values are: low, high\". {Parameter}"
        },
        {
            400, "Bad request: \"parameters\" is a required property for \"function\" object in parameter \"tools\"",
            null, "Bad request: \"parameters\" is a required property for \"function\" object in parameter \"tools\"", false,
            $"400 Bad Request: \"Bad request: \"parameters\" is a required property for \"function\" object in parameter \"tools\"\". " +
            "The model does not support a tool: change ChatOptions.Tools, in particular the schema of the tool that the message names."
        },
        {
            400, """{"external_model_provider":"openai","external_model_error":{"error":{"message":"Too long.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}}""",
            "context_length_exceeded", "openai: Too long.", false,
            $"400 Bad Request, context_length_exceeded: \"openai: Too long.\" {Parameter}"
        },
        {
            400, """{"error_code":"BAD_REQUEST","message":"This endpoint old-model is deprecated"}""",
            "BAD_REQUEST", "This endpoint old-model is deprecated", false,
            $"400 Bad Request, BAD_REQUEST: \"This endpoint old-model is deprecated\". {Parameter}"
        },
        {
            413, "", null, null, false,
            "413 Request Entity Too Large. Send less: foundation, external and agent endpoints take 4 MB, custom models 16 MB."
        },
        {
            429, """{"error":{"message":"Rate limit exceeded: ITPM limit of 200,000 tokens reached","type":"rate_limit_exceeded","code":429,"retry_after":15}}""",
            "rate_limit_exceeded", "Rate limit exceeded: ITPM limit of 200,000 tokens reached", true,
            $"429 Too Many Requests, rate_limit_exceeded: \"Rate limit exceeded: ITPM limit of 200,000 tokens reached\". {Throttled}"
        },
        {
            429, """{"error_code":"RESOURCE_EXHAUSTED","message":"Too many concurrent requests. Consider increasing the provisioned concurrency of the served entity."}""",
            "RESOURCE_EXHAUSTED", "Too many concurrent requests. Consider increasing the provisioned concurrency of the served entity.",
            true,
            "429 Too Many Requests, RESOURCE_EXHAUSTED: \"Too many concurrent requests. Consider increasing the provisioned " +
            $"concurrency of the served entity.\" {Throttled}"
        },
        {
            429, """{"error_code":"REQUEST_LIMIT_EXCEEDED","message":"REQUEST_LIMIT_EXCEEDED: Exceeded workspace rate limit for x."}""",
            "REQUEST_LIMIT_EXCEEDED", "Exceeded workspace rate limit for x.", true,
            $"429 Too Many Requests, REQUEST_LIMIT_EXCEEDED: \"Exceeded workspace rate limit for x.\" {Throttled}"
        },
        {
            400, """{"error_code":"BAD_REQUEST","message":"Bad request: json: unknown field \"foo\"\n"}""",
            "BAD_REQUEST", "Bad request: json: unknown field \"foo\"", false,
            $"400 Bad Request, BAD_REQUEST: \"Bad request: json: unknown field \"foo\"\". {Parameter}"
        },
        {
            418, """{"message":"I am a teapot"}""", null, "I am a teapot", false,
            "418: \"I am a teapot\". See the endpoint's page in the workspace."
        },
        {
            500, """{"error_code":"INTERNAL_ERROR","message":"An unexpected error occurred."}""",
            "INTERNAL_ERROR", "An unexpected error occurred.", true,
            "500 Internal Server Error, INTERNAL_ERROR: \"An unexpected error occurred.\" Try again; if it stays, give the request id " +
            "to Databricks support."
        },
        {
            501, """{"error_code":"NOT_IMPLEMENTED","message":"'x' is no longer available. Use Unity Catalog model services (v3)."}""",
            "NOT_IMPLEMENTED", "'x' is no longer available. Use Unity Catalog model services (v3).", false,
            "501 Not Implemented, NOT_IMPLEMENTED: \"'x' is no longer available. Use Unity Catalog model services (v3).\" " +
            $"Unity Gateway accepts model services only. {UseService}"
        },
        {
            501, """{"error_code":"NOT_IMPLEMENTED","message":"No."}""", "NOT_IMPLEMENTED", "No.", false,
            "501 Not Implemented, NOT_IMPLEMENTED: \"No.\" The service does not implement this call for this endpoint."
        },
        {
            404, """{"error_code":"FEATURE_DISABLED","message":"Off."}""", "FEATURE_DISABLED", "Off.", false,
            $"404 Not Found, FEATURE_DISABLED: \"Off.\" {Disabled}"
        },
        {
            400, """{"error_code":"BAD_REQUEST","message":"max_tokens (32000) cannot exceed 25000."}""",
            "BAD_REQUEST", "max_tokens (32000) cannot exceed 25000.", false,
            "400 Bad Request, BAD_REQUEST: \"max_tokens (32000) cannot exceed 25000.\" Lower MaxOutputTokens to the maximum that the " +
            "message states."
        },
        {
            503, """{"error_code":"TEMPORARILY_UNAVAILABLE","message":"Come back."}""",
            "TEMPORARILY_UNAVAILABLE", "Come back.", true,
            $"503 Service Unavailable, TEMPORARILY_UNAVAILABLE: \"Come back.\" {Later}"
        },
        {
            504, """{"error_code":"DEADLINE_EXCEEDED","message":"Too slow."}""", "DEADLINE_EXCEEDED", "Too slow.", true,
            $"504 Gateway Timeout, DEADLINE_EXCEEDED: \"Too slow.\" {Later}"
        },
        {
            502, "<html><head><title>502 Bad Gateway</title></head></html>", null, "502 Bad Gateway", true,
            "502 Bad Gateway: \"502 Bad Gateway\". The response is an HTML page, as of a login page or a proxy: " +
            "check that Host is the workspace address and that no proxy is in between."
        },
    };
}
