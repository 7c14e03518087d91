using System.Net;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.Chat.Fuzz;
using Connectors.Databricks.Tests.Chat.Responses;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Bounds;

/// <summary>One kind of answer: valid documents, and how each is read through the public surface.</summary>
/// <param name="Folders">Where the readers are, for the names that they know.</param>
/// <param name="Documents">Valid documents.</param>
/// <param name="ReadAsync">Reads a document, with limits of its own.</param>
internal sealed record FloodedSurface(
    string[] Folders, string[] Documents, Func<byte[], Action<DatabricksServingOptions>, Task> ReadAsync)
{
    private static readonly string[] ChatDocuments =
    [
        """{"id":"c1","created":1790000000,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"a","signature":"E=="}]},{"type":"text","text":"b","citations":[{"type":"char_location","cited_text":"c","document_index":0}]}],"tool_calls":[{"id":"a","type":"function","extra":{"x":1},"function":{"name":"f","arguments":"{\"q\":1}"}}],"annotations":[{"type":"url_citation","url_citation":{"url":"https://a.example/","start_index":0,"end_index":1}}]},"finish_reason":"stop","logprobs":{"content":[{"token":"a","top_logprobs":[{"token":"b"}]}]}}],"usage":{"prompt_tokens":1,"prompt_tokens_details":{"cached_tokens":1,"x":2},"completion_tokens":3},"databricks_output":{"trace":{"a":[1]}}}""",
        """{"id":"c2","messages":[{"role":"assistant","id":"m1","content":"a","tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"a","content":"x"}],"custom_outputs":{"a":[1]}}""",
    ];

    private static readonly string[] EventDocuments =
    [
        .. ChatDocuments.Select(document => document.Replace("\"message\"", "\"delta\"", StringComparison.Ordinal)),
        """{"id":"run","delta":{"role":"tool","tool_call_id":"a","content":[{"type":"text","text":"a"}],"annotations":[{"title":"t"}],"id":"m1"}}""",
    ];

    private const string ResponsesDocument =
        """{"id":"r1","created_at":1790000000,"model":"m","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[{"type":"reasoning","id":"rs","summary":[{"type":"summary_text","text":"a"}],"content":[{"type":"reasoning_text","text":"b"}]},{"type":"message","id":"m","content":[{"type":"output_text","text":"a","annotations":[{"type":"url_citation","url":"https://a.example/"}]},{"type":"refusal","refusal":"n"},{"type":"output_image","image_url":{"url":"https://a.example/"}}]},{"type":"function_call","id":"fc","call_id":"c","name":"f","arguments":"{\"q\":1}"},{"type":"function_call_output","call_id":"c","output":[{"type":"input_text","text":"x"}]},{"type":"mcp_approval_request","id":"p","name":"f","arguments":"{\"q\":1}","server_label":"s"},{"type":"other","x":[1]}],"usage":{"input_tokens":1,"input_tokens_details":{"cached_tokens":1,"x":2}},"databricks_output":{"trace":{"info":{"trace_id":"t"}}},"custom_outputs":{"a":[1]}}""";

    private static readonly string[] ResponsesEventDocuments =
    [
        $$"""{"type":"response.completed","response":{{ResponsesDocument}}}""",
        """{"type":"response.output_item.done","output_index":0,"item":{"type":"message","id":"m","content":[{"type":"output_text","text":"a","annotations":[{"title":"t"}]}]}}""",
        """{"type":"response.output_text.annotation.added","item_id":"m","annotation":{"type":"url_citation","url":"https://a.example/"}}""",
        """{"type":"response.content_part.done","item_id":"m","part":{"type":"output_text","text":"a","annotations":[]},"custom_outputs":{"a":[1]}}""",
    ];

    public static IReadOnlyDictionary<string, FloodedSurface> All { get; } = new Dictionary<string, FloodedSurface>(StringComparer.Ordinal)
    {
        ["chat"] = new(
            ["Chat/Completions/Inbound"], ChatDocuments,
            (body, configure) => Answering(body).Chat(configure).GetResponseAsync(Some.Question())),
        ["stream"] = new(
            ["Chat/Completions/Inbound"], EventDocuments,
            (body, configure) =>
                Exchange.Collect(Streaming(body, """{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""").Chat(configure))),
        ["responses"] = new(
            ["Chat/Responses/Inbound", "Chat/Replies"], [ResponsesDocument],
            (body, configure) => Responding(Answering(body), configure).GetResponseAsync(Some.Question())),
        ["responses stream"] = new(
            ["Chat/Responses/Inbound", "Chat/Replies"], ResponsesEventDocuments,
            (body, configure) => Exchange.Collect(Responding(Streaming(body, ResponsesEvents.Completed), configure))),
        ["completion"] = new(
            ["TextCompletions/Inbound"],
            ["""{"id":"a","choices":[{"index":0,"text":"a","logprobs":{"tokens":["a"]}}],"usage":{"prompt_tokens":1}}"""],
            (body, configure) => Answering(body).Client(configure).CompleteAsync(VerbatimService.EndpointName, "a")),
        ["completion stream"] = new(
            ["TextCompletions/Inbound"],
            ["""{"id":"a","choices":[{"index":0,"text":"a","logprobs":{"tokens":["a"]}}],"usage":{"prompt_tokens":1}}"""],
            async (body, configure) =>
            {
                await foreach (var _ in Streaming(body, "{}").Client(configure).CompleteStreamingAsync(VerbatimService.EndpointName, "a"))
                {
                }
            }),
        ["embeddings"] = new(
            ["Embeddings/Inbound"],
            [
                """{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":[0.5,1]}],"usage":{"prompt_tokens":1,"d":{"x":1}}}""",
                """{"data":[{"index":0,"embedding":"AACAPw=="}],"other":{"a":[1]}}""",
            ],
            (body, configure) => Answering(body).Generator(configure: configure).GenerateAsync(["a"])),
        ["prediction"] = new(
            ["Predictions/Inbound"], ["""{"predictions":[{"a":[1,2]}],"metadata":{"b":[1]}}""", """{"outputs":{"a":[[1]]}}"""],
            (body, configure) => Answering(body).Client(configure).PredictAsync(VerbatimService.EndpointName, Scoring.OneRow)),
        ["endpoint list"] = new(
            ["Transport"], [$$"""{"endpoints":[{{Managing.Ready}}]}"""],
            (body, configure) => Answering(body).Client(configure).GetManagementClient().ListAsync()),
        ["profile"] = new(
            ["Discovery/Documents", "Transport"], [Managing.Ready],
            (body, configure) => Answering(body).Client(configure).Directory.GetProfileAsync("churn")),
        ["signature"] = new(
            ["Discovery/Signatures"],
            ["""{"openapi":"3.1.0","servers":[{"url":"https://a"}],"paths":{"/p":{"post":{"requestBody":{"content":{"application/json":{"schema":{"oneOf":[{"type":"object","properties":{"dataframe_split":{"type":"object","properties":{"columns":{"items":{"enum":["a"]}},"data":{"items":{"prefixItems":[{"type":"integer"}]}}}},"params":{"$ref":"#/s"}}}]}}}},"responses":{"200":{"content":{"a":{"schema":{"properties":{"predictions":{"items":{"type":["number","null"]}}}}}}}}}}},"s":{"type":"object","required":["x"],"properties":{"x":{"type":"array","items":{"type":"string"}}}}}"""],
            (body, configure) => Answering(body).Client(configure).Directory.GetSignatureAsync("churn")),
        ["error body"] = new(
            ["Transport"],
            [
                """{"error_code":"X","message":"a","details":[{"@type":"t.RequestInfo","request_id":"r"},{"@type":"t.RetryInfo","retry_delay":"3s"}]}""",
                """{"error":{"message":"a","code":1},"detail":[{"msg":"m"}],"finishReason":"input_guardrail_triggered","input_guardrail":[{"flagged":true,"categories":{"v":true}}]}""",
            ],
            (body, configure) => Answering(body, HttpStatusCode.BadRequest).Chat(configure).GetResponseAsync(Some.Question())),
        ["error object in a 200 OK body"] = new(
            ["Transport"], ["""{"error":{"message":"a","details":[{"@type":"t.RequestInfo","request_id":"r"}]},"detail":[{"msg":"m"}]}"""],
            (body, configure) => Answering(body).Chat(configure).GetResponseAsync(Some.Question())),
    };

    private static ResponsesChat Responding(VerbatimService service, Action<DatabricksServingOptions> configure) =>
        new(service.Options(configure));

    private static VerbatimService Answering(byte[] body, HttpStatusCode status = HttpStatusCode.OK)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return new VerbatimService().Answers(status, content);
    }

    private static VerbatimService Streaming(byte[] body, string last) =>
        new VerbatimService().Streams(
            new MemoryStream([.. "data: "u8, .. body, .. System.Text.Encoding.UTF8.GetBytes($"\n\ndata: {last}\n\ndata: [DONE]\n\n")]));
}
