using System.Net;
using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>The frames that gateways, providers and agents put around an error: the original code and message come out of each.</summary>
public class ErrorFrameTests
{
    private const string Words = "Unsupported parameter: 'temperature' is not supported with this model.";

    private static readonly string[] Errors =
    [
        $$$"""{"error_code":"INVALID_PARAMETER_VALUE","message":"{{{Words}}}"}""",
        $$$"""{"error":{"message":"{{{Words}}}","type":"INVALID_PARAMETER_VALUE","param":"temperature","code":null}}""",
        $$$"""{"error":{"message":"{{{Words}}}","type":"None","param":"None","code":"INVALID_PARAMETER_VALUE"}}""",
        $$$"""{"type":"error","error":{"type":"INVALID_PARAMETER_VALUE","message":"{{{Words}}}"}}""",
        $$$"""[{"error":{"code":400,"message":"{{{Words}}}","status":"X","type":"INVALID_PARAMETER_VALUE"}}]""",
        $"INVALID_PARAMETER_VALUE: {Words}",
    ];

    private static readonly Func<string, string>[] Frames =
    [
        inner => inner,
        inner => $$$"""{"error":"Received error from openai","external_model_message":{{{Value(inner)}}}}""",
        inner => $$$"""{"external_model_provider":"openai","external_model_error":{{{Value(inner)}}}}""",
        inner => $$$"""{"error_code":400,"message":{{{Text(inner)}}}}""",
        inner => $$$"""{"message":{{{Text(inner)}}}}""",
        inner => $$$"""{"error":{"message":{{{Text(inner)}}},"type":"None","param":"None","code":"400"}}""",
        inner => $$$"""{"detail":{{{Value(inner)}}}}""",
        inner => $"event: error\ndata: {inner}\n\ndata: [DONE]\n\n",
        inner => $"data: {inner}\n\n",
    ];

    [Fact]
    public void The_code_and_the_message_come_out_of_every_frame_in_every_other()
    {
        foreach (var error in Errors)
        {
            foreach (var outer in Frames)
            {
                foreach (var frame in Frames.Take(7))
                {
                    var body = outer(frame(error));
                    var read = ServiceErrorFromWire.Read(System.Text.Encoding.UTF8.GetBytes(body), "application/json");

                    Assert.True(
                        read.Code == "INVALID_PARAMETER_VALUE" && read.Message?.EndsWith(Words, StringComparison.Ordinal) is true,
                        $"{read.Code} | {read.Message} | {body}");
                }
            }
        }
    }

    [Theory]
    [InlineData(
        """Error code: 400 - {'error_code': 'BAD_REQUEST', 'message': "It's \"it\".", 'details': [None, True, 1.5]}""", "BAD_REQUEST",
        "It's \"it\".")]
    [InlineData(
        """openai.BadRequestError: Error code: 400 - {'error': {'message': 'It isn\'t.', 'type': 'x', 'param': None, 'code': None}}""", "x",
        "It isn't.")]
    [InlineData("""Error: {'message': '{"error_code":"X_Y","message":"No."}'} (again)""", "X_Y", "No.")]
    [InlineData("""{'message': 'cut of""", null, null)]
    public void A_dictionary_of_Python_is_read(string text, string? code, string? message)
    {
        var read = ServiceErrorFromWire.Read(
            System.Text.Encoding.UTF8.GetBytes($$$"""{"message":{{{JsonEncoded(text)}}}}"""), "application/json");

        Assert.Equal((code, message), (read.Code, read.Message));
    }

    [Theory]
    [InlineData("<html><body><pre>upstream</pre><h1>x</h1></body></html>", "upstream")]
    [InlineData("<!DOCTYPE html><head><title>502 Bad Gateway</title></head><h1>nginx</h1>", "502 Bad Gateway")]
    [InlineData("<HTML><BODY><CENTER><H1>Proxy &amp; <i>Auth</i></H1></CENTER></BODY></HTML>", "Proxy & Auth")]
    [InlineData(
        "<!-- error --><html><body><h2>Our services aren't available right now</h2><p>We're working on it.</p></body></html>",
        "Our services aren't available right now")]
    [InlineData(
        "<html><body><param name=\"x\"><p class=\"m\">The workspace is <b>blocked</b>.</p></body></html>", "The workspace is blocked.")]
    [InlineData(
        "<html><head><style>p { color: red }</style><script>var p = '<x>';</script></head><body>  Access\n denied. <br>Ask.</body></html>",
        "Access denied. Ask.")]
    [InlineData("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", "Access Denied")]
    [InlineData("<html><body></body></html>", null)]
    [InlineData("<html><script>while(", null)]
    public void A_page_is_read_by_its_most_specific_element(string page, string? words)
    {
        var read = ServiceErrorFromWire.Read(System.Text.Encoding.UTF8.GetBytes(page), "text/plain");

        Assert.Equal((true, words), (read.IsHtml, read.Message));
    }

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("application/json")]
    public async Task An_event_stream_in_place_of_a_body_is_named_on_every_surface(string mediaType)
    {
        Func<VerbatimService, Task>[] calls =
        [
            service => service.Chat().GetResponseAsync(Some.Question()),
            service => service.Client().CompleteAsync(VerbatimService.EndpointName, "Hello?"),
            service => service.Client().PredictAsync(VerbatimService.EndpointName, Scoring.OneRow),
            service => service.Client().GetEmbeddingGenerator(VerbatimService.EndpointName).GenerateAsync(["Hello?"]),
        ];
        foreach (var call in calls)
        {
            var service = new VerbatimService().Answers(Exchange.Events("""{"choices":[]}""", "[DONE]"), HttpStatusCode.OK, mediaType);

            var failure = await Assert.ThrowsAsync<DatabricksServingException>(() => call(service));

            Assert.Contains(
                " on endpoint 'some-endpoint' failed: an event stream, where one JSON document was requested. If the endpoint always " +
                "streams, use the streaming method; otherwise check the proxy or the code of the endpoint.", failure.Message);
            Assert.False(failure.IsTransient);
        }
    }

    [Fact]
    public async Task A_stream_with_the_media_type_of_a_document_is_named()
    {
        var service = new VerbatimService().Answers(Exchange.Events("{\"choices\":[]}", "[DONE]"));

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.Collect(service.Chat()));

        Assert.Contains(
            "an event stream with the media type 'application/json'. Streams have the media type text/event-stream: check the proxy",
            failure.Message);
    }

    // As a value when it is JSON, and as text otherwise.
    private static string Value(string inner) => inner is ['{' or '[', ..] ? inner : Text(inner);

    private static string Text(string inner) => JsonEncoded(inner);

    private static string JsonEncoded(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
