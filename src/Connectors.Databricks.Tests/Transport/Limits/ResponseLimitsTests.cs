using System.Globalization;
using System.Net;
using System.Text;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Transport.Limits;

/// <summary>Each bound on an answer, with the error that names it.</summary>
public class ResponseLimitsTests
{
    [Fact]
    public async Task A_document_that_announces_too_much_is_not_read()
    {
        var failure = await Failure.Of(new VerbatimService().Answers(Some.ChatBody), options => options.ResponseLimits.MaxBytes = 100);

        Assert.Equal(
            "Chat on endpoint 'some-endpoint' failed: the response is longer than 100 bytes. Raise ResponseLimits.MaxBytes if such " +
            "responses are expected.",
            failure.Message);
        Assert.False(failure.IsTransient);
    }

    [Fact]
    public async Task A_document_that_announces_nothing_is_read_to_the_limit()
    {
        using var content = new StreamContent(new SlicedStream(Encoding.UTF8.GetBytes(Some.ChatBody), 7));
        content.Headers.ContentType = new("application/json");
        var failure = await Failure.Of(
            new VerbatimService().Answers(HttpStatusCode.OK, content), options => options.ResponseLimits.MaxBytes = 100);

        Assert.StartsWith(
            "Chat on endpoint 'some-endpoint' failed: the response is longer than 100 bytes.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_of_exactly_the_limit_is_read()
    {
        using var content = new StreamContent(new SlicedStream(Encoding.UTF8.GetBytes(Some.ChatBody), 7));
        content.Headers.ContentType = new("application/json");
        var chat = new VerbatimService().Answers(HttpStatusCode.OK, content)
            .Chat(options => options.ResponseLimits.MaxBytes = Encoding.UTF8.GetByteCount(Some.ChatBody));

        Assert.Equal("Hi.", (await chat.GetResponseAsync(Some.Question())).Text);
    }

    [Fact]
    public async Task Vectors_are_read_to_the_limit()
    {
        var service = new VerbatimService().Answers(
            $$"""{"data":[{"index":0,"embedding":[{{string.Join(",", Enumerable.Repeat("0.5", 1000))}}]}]}""");
        var failure = await Assert.ThrowsAsync<DatabricksServingException>(
            () => service.Client(options => options.ResponseLimits.MaxBytes = 1000).GetEmbeddingGenerator("some-vectors")
                .GenerateAsync(["a"]));

        Assert.Contains("the response is longer than 1000 bytes. Raise ResponseLimits.MaxBytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_is_read_to_the_limit()
    {
        var failure = await Failure.OfStream(
            new VerbatimService().Streams($"data: {new string(' ', 300)}\n\n"), options => options.ResponseLimits.MaxEventBytes = 200);

        Assert.Equal(
            "Streaming chat on endpoint 'some-endpoint' failed: an event of the stream is longer than 200 bytes. " +
            "Raise ResponseLimits.MaxEventBytes if such responses are expected.",
            failure.Message);
    }

    [Fact]
    public async Task A_stream_is_read_to_the_limit()
    {
        var failure = await Failure.OfStream(
            new VerbatimService().Streams(": wait\n\n: wait\n\n: wait\n\n"), options => options.ResponseLimits.MaxBytes = 20);

        Assert.StartsWith(
            "Streaming chat on endpoint 'some-endpoint' failed: the stream is longer than 20 bytes.", failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_body_is_read_to_the_limit_and_is_no_other_failure()
    {
        var failure = await Failure.Of(
            new VerbatimService().Answers($"The first words.{new string('x', 5000)}", HttpStatusCode.BadRequest, "text/plain"),
            options => options.ResponseLimits.MaxErrorBytes = 16);

        Assert.Equal((HttpStatusCode.BadRequest, "The first words."), (failure.StatusCode, failure.ServiceMessage));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(9, false)]
    public async Task A_document_may_be_nested_as_deep_as_the_limit(int depth, bool isTooDeep)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        if (isTooDeep)
        {
            var failure = await Failure.Of(service, options => options.ResponseLimits.MaxJsonDepth = depth);
            Assert.EndsWith(
                "It is nested deeper than 3; raise ResponseLimits.MaxJsonDepth if such responses are expected.", failure.Message,
                StringComparison.Ordinal);
        }
        else
        {
            var response = await service.Chat(options => options.ResponseLimits.MaxJsonDepth = depth).GetResponseAsync(Some.Question());
            Assert.Equal("Hi.", response.Text);
        }
    }

    [Fact]
    public async Task The_arguments_of_a_tool_call_are_taken_to_the_limit()
    {
        const string Piece =
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"0123456789"}}]}}]}""";
        var failure = await Failure.OfStream(
            new VerbatimService().Streams($"data: {Piece}\n\ndata: {Piece}\n\n"),
            options => options.ResponseLimits.MaxToolArgumentBytes = 15);

        Assert.Equal(
            "Streaming chat on endpoint 'some-endpoint' failed: the arguments of a tool call are longer than 15 bytes. " +
            "Raise ResponseLimits.MaxToolArgumentBytes if such responses are expected.",
            failure.Message);
    }

    [Fact]
    public async Task A_chat_answer_is_read_to_the_limit_of_its_surface()
    {
        var failure = await Failure.Of(new VerbatimService().Answers(Some.ChatBody), options => options.ResponseLimits.MaxChatBytes = 100);

        Assert.Equal(
            "Chat on endpoint 'some-endpoint' failed: the response is longer than 100 bytes. Raise ResponseLimits.MaxChatBytes if such " +
            "responses are expected.",
            failure.Message);
    }

    [Fact]
    public async Task A_management_answer_is_read_to_the_limit_of_its_surface()
    {
        var failure = await Managing.Fails(
            new VerbatimService().Answers(Managing.Ready), client => client.GetAsync("churn"),
            options => options.ResponseLimits.MaxManagementBytes = 20);

        Assert.Equal(
            "Getting endpoint 'churn' failed: the response is longer than 20 bytes. Raise ResponseLimits.MaxManagementBytes if such " +
            "responses are expected.",
            failure.Message);
    }

    [Fact]
    public void Every_limit_is_positive()
    {
        foreach (var limit in typeof(DatabricksResponseLimitOptions).GetProperties())
        {
            foreach (var value in new[] { 0, -1 })
            {
                var exception = Assert.Throws<ArgumentException>(() => new VerbatimService().Client(
                    options => limit.SetValue(
                    options.ResponseLimits, Convert.ChangeType(value, limit.PropertyType, CultureInfo.InvariantCulture))));

                Assert.Equal($"ResponseLimits.{limit.Name} is {value}. A limit is positive.", exception.Message);
            }
        }
    }
}
