using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Chat.StreamLaws.Chunks;

namespace Connectors.Databricks.Tests.Chat.StreamLaws;

/// <summary>Nothing is yielded before the status is known good; nothing is retried after the first yielded update.</summary>
public class Law1StatusFirstTests
{
    [Fact]
    public async Task Nothing_is_yielded_before_the_status_is_known_good()
    {
        var service = new VerbatimService().Answers("""{"error_code":"BAD_REQUEST","message":"No."}""", HttpStatusCode.BadRequest);
        await using var updates = service.Chat().GetStreamingResponseAsync(Some.Question()).GetAsyncEnumerator();

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
            .Streams(Exchange.Events(Hello, World, "[DONE]"));

        var updates = await Exchange.Collect(service.Chat(options => options.RetriesAtOnce(1)));

        Assert.Equal("Hello world", updates.ToChatResponse().Text);
        Assert.Equal(2, service.Sent.Count);
    }

    [Fact]
    public async Task Nothing_is_retried_after_the_first_update()
    {
        var live = new LiveStream();
        var service = new VerbatimService().Streams(live.Body);
        await using var updates = service.Chat(options => options.RetriesAtOnce(5)).GetStreamingResponseAsync(Some.Question())
            .GetAsyncEnumerator();
        await live.SendEvent(Hello);
        Assert.True(await updates.MoveNextAsync());

        live.Break();

        await Assert.ThrowsAsync<DatabricksServingException>(() => updates.MoveNextAsync().AsTask());
        Assert.Single(service.Sent);
    }
}
