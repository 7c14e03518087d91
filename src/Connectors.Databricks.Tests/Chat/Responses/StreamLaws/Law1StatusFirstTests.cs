using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.Responses.ResponsesEvents;

namespace Connectors.Databricks.Tests.Chat.Responses.StreamLaws;

/// <summary>Nothing is yielded before the status is known to be successful; nothing is retried after the first yielded update.</summary>
public class Law1StatusFirstTests
{
    [Fact]
    public async Task Nothing_is_yielded_before_the_status_is_known()
    {
        var service = new VerbatimService().Answers("""{"error_code":"BAD_REQUEST","message":"No."}""", HttpStatusCode.BadRequest);
        await using var updates = ResponsesLaws.Chat(service).GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => updates.MoveNextAsync().AsTask());

        Assert.Equal((HttpStatusCode.BadRequest, "BAD_REQUEST"), (exception.StatusCode, exception.ErrorCode));
    }

    [Fact]
    public async Task A_failure_before_the_first_update_is_retried()
    {
        var service = new VerbatimService()
            .Answers(
                """{"error_code":"TEMPORARILY_UNAVAILABLE","message":"Busy."}""", HttpStatusCode.ServiceUnavailable,
                headers: ("retry-after", "0"))
            .Streams(Exchange.Events(Created, TextDelta("Hello"), Completed));

        // An unknown name may be that of an agent, which is not retried.
        var updates = await Exchange.Collect(service.Client(options => options.RetriesAtOnce(1)).GetChatClient(
            "system.ai.gpt-5-2", new DatabricksChatOptions { Api = DatabricksChatApi.Responses }));

        Assert.Equal("Hello", updates.ToChatResponse().Text);
        Assert.Equal(2, service.Sent.Count);
    }

    [Fact]
    public async Task Nothing_is_retried_after_the_first_update()
    {
        var live = new LiveStream();
        var service = new VerbatimService().Streams(live.Body);
        await using var updates = ResponsesLaws.Chat(service, options => options.RetriesAtOnce(5))
            .GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();
        await live.SendEvent(TextDelta("Hello"));
        Assert.True(await updates.MoveNextAsync());

        live.Break();

        await Assert.ThrowsAsync<DatabricksServingException>(() => updates.MoveNextAsync().AsTask());
        Assert.Single(service.Sent);
    }
}
