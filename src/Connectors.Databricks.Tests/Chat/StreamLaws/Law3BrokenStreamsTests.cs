using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.StreamLaws.Chunks;

namespace Connectors.Databricks.Tests.Chat.StreamLaws;

/// <summary>An error object inside a 200 stream throws; so does a stream that ends with neither finish reason nor end marker.</summary>
public class Law3BrokenStreamsTests
{
    [Theory]
    [InlineData("""{"error":{"message":"Model overloaded","type":"server_error","code":"overloaded"}}""", "overloaded", "Model overloaded")]
    [InlineData("""{"error":"Model overloaded"}""", null, "Model overloaded")]
    [InlineData("""{"error_code":"INTERNAL_ERROR","message":"Model overloaded"}""", "INTERNAL_ERROR", "Model overloaded")]
    [InlineData(
        """{"type":"error","code":"overloaded","message":"Model overloaded","param":null,"sequence_number":3}""", "overloaded",
        "Model overloaded")]
    public async Task An_error_object_inside_a_good_stream_throws(string error, string? code, string message)
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.ReadsStream(Hello, error, "[DONE]"));

        Assert.Equal((code, message), (exception.ErrorCode, exception.ServiceMessage));
        Assert.True(exception.IsTransient);
        Assert.Contains("the stream broke off with an error", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error_code":"PERMISSION_DENIED","message":"No."}""", null)]
    [InlineData("""{"error_code":"INVALID_PARAMETER_VALUE","message":"No."}""", "leave that option unset")]
    [InlineData("""{"error":{"message":"Context too long.","type":"invalid_request_error","code":400}}""", "leave that option unset")]
    public async Task An_error_about_the_request_is_not_called_transient(string error, string? advice)
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.ReadsStream(Hello, error, "[DONE]"));

        Assert.False(exception.IsTransient);
        Assert.Contains(advice ?? TestSurface.Permission, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_event_of_the_Anthropic_form_throws()
    {
        var sse = Exchange.Events(Hello) +
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Exchange.Collect(new VerbatimService().Streams(sse).Chat()));

        Assert.Equal(("overloaded_error", "Overloaded"), (exception.ErrorCode, exception.ServiceMessage));
    }

    [Theory]
    [InlineData("")]
    [InlineData("data: {\"id\":\"m1\",\"choi")]
    public async Task A_stream_that_ends_with_neither_finish_reason_nor_end_marker_throws(string rest)
    {
        var service = new VerbatimService().Streams(Exchange.Events(Hello) + rest);

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.Collect(service.Chat()));

        Assert.Contains("the stream ended before its end marker", exception.Message, StringComparison.Ordinal);
        Assert.True(exception.IsTransient);
    }

    [Fact]
    public async Task A_broken_connection_throws_with_what_broke_it()
    {
        var live = new LiveStream();
        await live.SendEvent(Hello);
        live.Break();

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Exchange.Collect(new VerbatimService().Streams(live.Body).Chat()));

        Assert.IsType<IOException>(exception.InnerException);
    }

    [Fact]
    public async Task A_finish_reason_is_end_enough()
    {
        var updates = await Exchange.ReadsStream(Hello, World);

        Assert.Equal("Hello world", updates.ToChatResponse().Text);
    }

    [Fact]
    public async Task An_end_marker_without_a_line_end_counts()
    {
        var updates = await Exchange.Collect(new VerbatimService().Streams(Exchange.Events(Hello) + "data: [DONE]").Chat());

        Assert.Equal("Hello", updates.ToChatResponse().Text);
    }

    [Fact]
    public async Task One_finished_choice_does_not_finish_the_other()
    {
        var two = """{"id":"m1","choices":[{"index":1,"delta":{"content":"Cut"}}]}""";

        await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.ReadsStream(World, two));
    }

    [Theory]
    [InlineData("[DONE]")]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":1}}""", "[DONE]")]
    public async Task A_stream_without_any_answer_throws(params string[] data)
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Exchange.ReadsStream(data));

        Assert.Contains("a stream without a single choice or message", exception.Message, StringComparison.Ordinal);
    }
}
