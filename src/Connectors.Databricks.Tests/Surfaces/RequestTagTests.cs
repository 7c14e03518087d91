using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Surfaces;

/// <summary>Request tags on their way to the usage table, and the ids that come back.</summary>
public class RequestTagTests
{
    private const string Service = "system.ai.some-model";
    private const string Header = "Databricks-Ai-Gateway-Request-Tags";
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static readonly Dictionary<string, string> Tags = new() { ["team"] = "search", ["city"] = "Zürich\r\n" };

    [Fact]
    public async Task Tags_of_the_client_and_of_the_call_are_one_header_of_visible_ASCII()
    {
        var service = new VerbatimService().Answers(Some.ChatBody).Answers(Some.ChatBody);
        var chat = service.Client().GetChatClient(Service, new DatabricksChatOptions { RequestTags = Tags });

        await chat.GetResponseAsync(Some.Question(), new ChatOptions().WithRequestTags([new("team", "ads"), new("run", "7")]));
        await chat.GetResponseAsync(Some.Question());

        Assert.Equal(
            ["""{"team":"ads","city":"Z\u00FCrich\r\n","run":"7"}""", """{"team":"search","city":"Z\u00FCrich\r\n"}"""],
            service.Sent.Select(sent => sent.Headers[Header]));
        Assert.All(service.Sent, sent => Assert.DoesNotContain("request_tags", sent.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tags_in_JSON_are_taken_and_others_are_refused()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var chat = service.Client().GetChatClient(Service);

        await chat.GetResponseAsync(Some.Question(), Options(new JsonObject { ["a"] = "b" }));
        var text = await Assert.ThrowsAsync<ArgumentException>(() => chat.GetResponseAsync(Some.Question(), Options("a=b")));
        var number = await Assert.ThrowsAsync<ArgumentException>(() =>
            chat.GetResponseAsync(Some.Question(), Options(new JsonObject { ["a"] = 1 })));

        var empty = await Assert.ThrowsAsync<ArgumentException>(() =>
            chat.GetResponseAsync(Some.Question(), new ChatOptions().WithRequestTags([new("", "b")])));

        Assert.Contains("has a tag without a name", empty.Message, StringComparison.Ordinal);
        Assert.Equal("""{"a":"b"}""", Assert.Single(service.Sent).Headers[Header]);
        Assert.Contains("is no dictionary of texts", text.Message, StringComparison.Ordinal);
        Assert.Contains("is no dictionary of texts", number.Message, StringComparison.Ordinal);

        static ChatOptions Options(object tags) => new() { AdditionalProperties = new() { ["request_tags"] = tags } };
    }

    [Fact]
    public async Task A_serving_endpoint_gets_no_tags_and_the_response_reports_it()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        var response = await service.Client().GetChatClient("my-endpoint", new DatabricksChatOptions { RequestTags = Tags })
            .GetResponseAsync(Some.Question());

        Assert.False(Assert.Single(service.Sent).Headers.ContainsKey(Header));
        Assert.Equal("request_tags", Assert.Single(response.GetRequestAdjustments()).Field);
    }

    [Fact]
    public async Task Embeddings_have_tags_as_well()
    {
        var service = new VerbatimService().Answers(GatewayDouble.VectorBody);

        await service.Client().GetEmbeddingGenerator(Service, new DatabricksEmbeddingOptions { RequestTags = Tags }).GenerateAsync(
            ["one"], new EmbeddingGenerationOptions { AdditionalProperties = new() { ["request_tags"] = new Dictionary<string,
                string> { ["run"] = "7" } } });

        Assert.Equal("""{"team":"search","city":"Z\u00FCrich\r\n","run":"7"}""", service.Sent[0].Headers[Header]);
        Assert.Equal("""{"model":"system.ai.some-model","input":["one"]}""", service.Sent[0].Body);
    }

    [Theory]
    [InlineData("", "a")]
    [InlineData("a", null)]
    public void A_tag_without_a_name_or_a_value_is_refused(string name, string? value) => Assert.StartsWith(
        "RequestTags has the tag",
        Assert.Throws<ArgumentException>(() => new VerbatimService().Client().GetChatClient(
            "x", new DatabricksChatOptions { RequestTags = new Dictionary<string, string> { [name] = value! } })).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task The_ids_of_the_gateway_are_on_responses_streams_and_exceptions()
    {
        (string, string)[] headers = [("x-request-id", "6e1f"), ("traceresponse", Trace)];
        var service = new VerbatimService()
            .Answers(Some.ChatBody, headers: headers)
            .Streams(Exchange.Events("""{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}""", "[DONE]"), headers)
            .Answers(GatewayDouble.VectorBody, headers: headers)
            .Answers("""{"error_code":"PERMISSION_DENIED","message":"No."}""", HttpStatusCode.Forbidden, headers: headers);
        var serving = service.Client();

        var response = await serving.GetChatClient(Service).GetResponseAsync(Some.Question());
        var streamed = (await Exchange.Collect(serving.GetChatClient(Service))).ToChatResponse();
        var vectors = await serving.GetEmbeddingGenerator(Service).GenerateAsync(["one"]);
        var failure = await Failure.Of(serving.GetChatClient(Service));

        Assert.All(
            new[] { response.AdditionalProperties, streamed.AdditionalProperties, vectors.AdditionalProperties },
            properties => Assert.Equal(("6e1f", Trace), (properties!["request_id"], properties["traceresponse"])));
        Assert.Equal(Trace, Assert.IsType<DatabricksServingResponse>(response.RawRepresentation).TraceResponse);
        Assert.Equal(("6e1f", Trace), (failure.RequestId, failure.TraceResponse));
    }

    [Theory]
    [InlineData(Trace, 1)]
    [InlineData("nonsense", 0)]
    public async Task The_attempt_links_to_the_trace_of_the_gateway(string trace, int links)
    {
        var attempts = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Connectors.Databricks",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = attempts.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var parent = new Activity("test").Start();

        await new VerbatimService().Answers(Some.ChatBody, headers: ("traceresponse", trace)).Client().GetChatClient(Service)
            .GetResponseAsync(Some.Question());

        var attempt = Assert.Single(attempts, attempt => attempt.TraceId == parent.TraceId);
        Assert.Equal(links, attempt.Links.Count());
        Assert.All(attempt.Links, link => Assert.Equal("0af7651916cd43dd8448eb211c80319c", link.Context.TraceId.ToString()));
    }
}
