using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.Inbound;

/// <summary>Errors inside a successful response of the Responses API (serving reference §8.3).</summary>
public class ErrorEventTests
{
    [Theory]
    [InlineData("""{"type":"error","code":"INTERNAL_ERROR","message":"It broke.","param":null,"sequence_number":3}""")]
    [InlineData("""{"type":"response.error","code":"INTERNAL_ERROR","message":"It broke."}""")]
    [InlineData("""{"error":{"code":"INTERNAL_ERROR","message":"It broke."}}""")]
    [InlineData("""{"type":"error","error":{"code":"INTERNAL_ERROR","message":"It broke."}}""")]
    [InlineData("""{"error_code":"INTERNAL_ERROR","message":"It broke."}""")]
    [InlineData("""{"type":"response.failed","response":{"id":"resp_1","status":"failed","error":{"code":"INTERNAL_ERROR","message":"It broke."},"output":[]}}""")]
    [InlineData("""{"type":"response.completed","response":{"status":"failed","error":{"code":"INTERNAL_ERROR","message":"It broke."}}}""")]
    public async Task An_error_wins_over_a_completion_that_follows(string error)
    {
        List<ChatResponseUpdate> updates = [];

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => ResponsesExchange.CollectInto(
            updates, ResponsesExchange.Body(Created, TextDelta("Hel"), error, Completed, "[DONE]")));

        Assert.Equal(("INTERNAL_ERROR", "It broke."), (exception.ErrorCode, exception.ServiceMessage));
        Assert.True(exception.IsTransient);
        Assert.Equal("Hel", updates.ToChatResponse().Text);
    }

    [Fact]
    public async Task An_error_that_the_event_line_names_is_an_error()
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => ResponsesExchange.Collect(
            $"data: {Created}\n\nevent: error\ndata: {{\"code\":\"overloaded\",\"message\":\"Busy.\"}}\n\ndata: {Completed}\n\n"));

        Assert.Equal(("overloaded", "Busy."), (exception.ErrorCode, exception.ServiceMessage));
    }

    [Fact]
    public async Task A_failure_without_an_error_object_fails() => Assert.Equal(
        DatabricksServingErrorKind.ServiceFailure,
        (await Assert.ThrowsAsync<DatabricksServingException>(
            () => ResponsesExchange.ReadsStream(Created, """{"type":"response.failed","response":{"error":null}}"""))).Kind);

    [Theory]
    [InlineData("""{"type":"error","code":"oauth","message":"Credential for user identity('a@b.c') is not found for the connection 'github'. Please login first to the connection by visiting https://x.cloud.databricks.com/explore/connections/github"}""")]
    [InlineData("""{"type":"response.failed","response":{"status":"failed","error":{"code":"oauth","message":"Credential is not found for the connection 'github'. Please login first to the connection by visiting https://x.cloud.databricks.com/explore/connections/github"}}}""")]
    public async Task A_tool_login_is_a_task_of_the_user(string error) => AssertLogin(
        await Assert.ThrowsAsync<DatabricksServingException>(() => ResponsesExchange.ReadsStream(Created, error, Completed)));

    [Fact]
    public void A_tool_login_without_a_stream_is_too() => AssertLogin(Assert.Throws<DatabricksServingException>(() =>
        ResponsesExchange.Reads(
            """{"status":"failed","output":[],"error":{"code":"oauth","message":"Please login first to the connection by visiting https://x.cloud.databricks.com/explore/connections/github"}}""")));

    private static void AssertLogin(DatabricksServingException exception)
    {
        Assert.Equal((DatabricksServingErrorKind.ToolLoginRequired, false), (exception.Kind, exception.IsTransient));
        Assert.Contains(
            "Open https://x.cloud.databricks.com/explore/connections/github", exception.Message, StringComparison.Ordinal);
    }
}
