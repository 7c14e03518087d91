using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Transport.Limits;

public class CircuitBreakerTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task An_endpoint_that_fails_is_left_alone_for_a_while_and_then_tried()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.InternalServerError).Answers("", HttpStatusCode.GatewayTimeout).Answers(Some.ChatBody);
        var chat = service.Chat(Breaks);
        await Failure.Of(chat);
        await Failure.Of(chat);

        var open = await Failure.Of(chat);
        _clock.Advance(TimeSpan.FromSeconds(15));
        var answer = await chat.GetResponseAsync(Some.Question());

        Assert.Equal(
            "Chat on endpoint 'some-endpoint' failed: the endpoint failed too often of late, so it was not sent. It is tried again in 00:00:15, " +
            "as CircuitBreaker says.",
            open.Message);
        Assert.Equal((true, TimeSpan.FromSeconds(15), 3, "Hi."), (open.IsTransient, open.RetryAfter, service.Sent.Count, answer.Text));
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task What_is_no_trouble_of_the_service_opens_nothing(HttpStatusCode status)
    {
        var service = new VerbatimService().Answers("", status).Answers("", status).Answers("", status).Answers(Some.ChatBody);
        var chat = service.Chat(Breaks);
        for (var i = 0; i < 3; i++)
        {
            await Failure.Of(chat);
        }

        Assert.Equal("Hi.", (await chat.GetResponseAsync(Some.Question())).Text);
    }

    [Fact]
    public async Task Another_endpoint_has_a_circuit_of_its_own()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.InternalServerError).Answers("", HttpStatusCode.InternalServerError).Answers(Some.ChatBody);
        var client = service.Client(Breaks);
        await Failure.Of(client.GetChatClient("one"));
        await Failure.Of(client.GetChatClient("one"));

        Assert.Equal("Hi.", (await client.GetChatClient("two").GetResponseAsync(Some.Question())).Text);
    }

    [Fact]
    public void An_option_that_makes_no_sense_is_named()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => new VerbatimService().Client(options => options.CircuitBreaker = new() { FailureRatio = 1.5 }));

        Assert.Equal("CircuitBreaker.FailureRatio is 1.5. It must be above 0 and up to 1.", exception.Message);
    }

    private void Breaks(DatabricksServingOptions options) =>
        (options.TimeProvider, options.CircuitBreaker) = (_clock, new DatabricksCircuitBreakerOptions { MinimumCalls = 2 });
}
