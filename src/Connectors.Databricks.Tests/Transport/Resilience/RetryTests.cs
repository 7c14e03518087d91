using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Transport.Resilience;

public class RetryTests
{
    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_status_that_is_safe_to_repeat_is_retried(int status)
    {
        var service = new VerbatimService().Answers("", (HttpStatusCode)status).Answers(Some.ChatBody);

        var response = await service.Chat(AtOnce).GetResponseAsync(Some.Question());

        Assert.Equal(("Hi.", 2), (response.Text, service.Sent.Count));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(302)]
    [InlineData(304)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(409)]
    [InlineData(413)]
    [InlineData(422)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(504)]
    [InlineData(505)]
    public async Task Any_other_status_is_final(int status)
    {
        var service = new VerbatimService().Answers("", (HttpStatusCode)status);

        var failure = await Failure.Of(service, AtOnce);

        Assert.Equal(((HttpStatusCode)status, 1), (failure.StatusCode!.Value, service.Sent.Count));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(5, 6)]
    public async Task As_many_retries_are_made_as_the_options_say(int maxRetries, int attempts)
    {
        var service = new VerbatimService();
        for (var i = 0; i < attempts; i++)
        {
            service.Answers($$"""{"message":"attempt {{i + 1}}"}""", HttpStatusCode.ServiceUnavailable);
        }

        var failure = await Failure.Of(service, options =>
        {
            AtOnce(options);
            options.RetriesAtOnce(maxRetries);
        });

        Assert.Equal((attempts, $"attempt {attempts}"), (service.Sent.Count, failure.ServiceMessage));
    }

    [Fact]
    public async Task A_stream_is_tried_again_before_its_first_event()
    {
        var service = new VerbatimService()
            .Answers("", HttpStatusCode.ServiceUnavailable)
            .Streams("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi.\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");

        var updates = await Exchange.Collect(service.Chat(AtOnce));

        Assert.Equal(("Hi.", 2), (updates.ToChatResponse().Text, service.Sent.Count));
    }

    [Fact]
    public async Task A_stream_is_never_tried_again_once_it_has_begun()
    {
        var service = new VerbatimService().Streams("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n");

        await Failure.OfStream(service, AtOnce);

        Assert.Single(service.Sent);
    }

    [Fact]
    public async Task Every_attempt_sends_the_same_document()
    {
        var service = new VerbatimService()
            .Answers("", HttpStatusCode.TooManyRequests)
            .Answers("", HttpStatusCode.BadGateway)
            .Answers(Some.ChatBody);
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(number => $"{number} größer "));

        await service.Chat(AtOnce).GetResponseAsync(text);

        Assert.Equal(3, service.Sent.Count);
        Assert.Equal(service.Sent[0].Body, service.Sent[1].Body);
        Assert.Equal(service.Sent[0].Body, service.Sent[2].Body);
        JsonText.AssertEqual($$"""{"messages":[{"role":"user","content":"{{text}}"}]}""", service.Sent[0].Body);
    }

    [Fact]
    public async Task Every_attempt_asks_the_credential_again()
    {
        var credential = new CountingCredential("dapi-1");
        var service = new VerbatimService().Answers("", HttpStatusCode.ServiceUnavailable).Answers(Some.ChatBody);

        await service.Chat(options =>
        {
            AtOnce(options);
            options.Credential = credential;
        }).GetResponseAsync(Some.Question());

        Assert.Equal(2, credential.Given);
    }

    [Fact]
    public async Task A_good_answer_that_breaks_off_is_not_asked_for_twice()
    {
        var service = new VerbatimService().Answers("""{"choices":[{"mess""");

        await Failure.Of(service, AtOnce);

        Assert.Single(service.Sent);
    }

    private static void AtOnce(DatabricksServingOptions options)
    {
        options.RetriesAtOnce(2);
    }
}
