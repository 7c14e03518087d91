using System.Net;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Fuzz;

/// <summary>
/// A malformed error body never hides the failure it came with, never grows a message, and never reveals the token that it echoes.
/// </summary>
public class ErrorBodyFuzzTests
{
    // A message of 1,024 characters, a code and an id of 128, and our own words around them.
    private const int LongestMessage = 2_500;

    private static readonly string[] Bodies =
    [
        """{"error_code":"REQUEST_LIMIT_EXCEEDED","message":"REQUEST_LIMIT_EXCEEDED: Exceeded workspace rate limit.","details":[{"@type":"type.googleapis.com/google.rpc.RequestInfo","request_id":"r1"},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retry_delay":"3s"}]}""",
        """{"error_code":"BAD_REQUEST","message":"{\"message\":\"{\\\"error\\\":{\\\"message\\\":\\\"x\\\",\\\"type\\\":\\\"y\\\",\\\"param\\\":null,\\\"code\\\":\\\"z\\\"}}\"}"}""",
        """{"error":{"message":"Rate limit exceeded","type":"rate_limit_exceeded","code":429,"limit_type":"input_tokens_per_minute","limit":200000,"retry_after":15}}""",
        """{"error_code":"BAD_REQUEST","message":"{\"usage\":{\"prompt_tokens\":8},\"input_guardrail\":[{\"flagged\":true,\"categories\":{\"violent\":true}}],\"finishReason\":\"input_guardrail_triggered\"}"}""",
        """{"external_model_provider":"openai","external_model_error":{"error":{"message":"no","code":"x"}}}""",
        """{"detail":[{"loc":["body","messages"],"msg":"field required","type":"missing","input":{"a":1}}],"status":"400","scimType":"invalid"}""",
        "<html><head><title>502 Bad Gateway</title></head><body><pre>upstream</pre></body></html>",
        """{"error":"Received error from openai","external_model_message":{"error":{"message":"no","type":"x","param":null,"code":null}}}""",
        """{"message":"Error code: 400 - {'error': {'message': \"It isn't.\", 'code': None, 'list': [True, 1.5]}}"}""",
        "event: error\ndata: {\"error_code\":\"BAD_REQUEST\",\"message\":\"no\"}\n\ndata: [DONE]\n\n",
        "<html><head><style>p{}</style></head><body><h1>Access <b>denied</b></h1><p>Ask &amp; wait.</p></body></html>",
        "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>No.</Message></Error>",
        "PERMISSION_DENIED: You may not.",
        "Bad request: json: unknown field \"inputs\"",
    ];

    private static readonly HttpStatusCode[] Statuses =
        [
            HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.TooManyRequests,
            HttpStatusCode.BadGateway,
        ];

    [Fact]
    public Task A_malformed_error_body_is_the_failure_of_its_status() => FuzzRun.RunAsync(Bodies, JsonMutation.Of, async bytes =>
    {
        var status = Statuses[bytes.Length % Statuses.Length];
        using var service = new VerbatimService();
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new(bytes.Length % 2 == 0 ? "application/json" : "text/html");
        service.Answers(status, content);
        try
        {
            await service.Chat().GetResponseAsync(Some.Question());
            throw new InvalidOperationException("An error status gave an answer.");
        }
        catch (DatabricksServingException exception)
        {
            if (exception.StatusCode != status || exception.Message.Length > LongestMessage || exception.ServiceMessage?.Length > 1024)
            {
                throw new InvalidOperationException($"{exception.StatusCode}, {exception.Message.Length} characters.", exception);
            }

            var text = $"{exception} {exception.ServiceMessage} {exception.ErrorCode} {exception.RequestId}";
            if (JsonMutation.Echoes.Any(echo => text.Contains(echo, StringComparison.Ordinal)))
            {
                throw new InvalidOperationException("The failure quotes the token.");
            }
        }
    });
}
