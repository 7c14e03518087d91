using System.Diagnostics;
using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Diagnostics;

/// <summary>What those who listen hear: attempts and not chats, and nothing of what was said.</summary>
public class TelemetryTests
{
    private readonly string _endpoint = $"watched-{Guid.NewGuid():N}";

    [Fact]
    public async Task Each_attempt_is_an_activity_below_that_of_the_caller()
    {
        using var telemetry = new RecordedTelemetry("databricks.endpoint", _endpoint);
        using var caller = new Activity("chat").Start();
        var service = new VerbatimService().Answers("", HttpStatusCode.ServiceUnavailable)
            .Answers(Some.ChatBody, headers: ("x-request-id", "7c1d"));
        await Retrying(service).GetResponseAsync(Some.Question());

        var attempts = telemetry.Stopped;
        Assert.Equal(["databricks.attempt", "databricks.attempt"], attempts.Select(attempt => attempt.OperationName));
        Assert.All(attempts, attempt => Assert.Equal(caller.SpanId, attempt.ParentSpanId));
        Assert.Equal(
            [
                $"databricks.endpoint={_endpoint}", "databricks.operation=Chat", "databricks.attempt=2", "http.request.method=POST",
                "http.response.status_code=200", "databricks.request_id=7c1d",
            ],
            attempts[1].TagObjects.Select(tag => $"{tag.Key}={tag.Value}"));
        Assert.Equal((ActivityStatusCode.Error, ActivityStatusCode.Ok), (attempts[0].Status, attempts[1].Status));
    }

    [Fact]
    public async Task Attempts_retries_and_throttling_are_counted()
    {
        using var telemetry = new RecordedTelemetry("databricks.endpoint", _endpoint);
        var service = new VerbatimService().Answers("", HttpStatusCode.TooManyRequests).Answers(Some.ChatBody);
        await Retrying(service).GetResponseAsync(Some.Question());

        Assert.Equal(
            [
                $"databricks.serving.attempt.duration databricks.endpoint={_endpoint}, databricks.operation=Chat, databricks.outcome=429",
                $"databricks.serving.attempt.duration databricks.endpoint={_endpoint}, databricks.operation=Chat, databricks.outcome=200",
                $"databricks.serving.retries databricks.endpoint={_endpoint}, databricks.operation=Chat, databricks.outcome=429",
                $"databricks.serving.throttled databricks.endpoint={_endpoint}",
            ],
            telemetry.Measured);
    }

    [Fact]
    public async Task A_stream_is_measured_to_its_first_event_and_between_its_pieces()
    {
        using var telemetry = new RecordedTelemetry("databricks.endpoint", _endpoint);
        var live = new LiveStream();
        var service = new VerbatimService().Streams(live.Body);
        var reading = Exchange.Collect(service.Client().GetChatClient(_endpoint));
        await live.SendEvent("""{"choices":[{"index":0,"delta":{"content":"Hi."},"finish_reason":"stop"}]}""");
        await live.SendEvent("[DONE]");
        live.End();
        await reading;

        Assert.Single(telemetry.Measured, line => line == $"databricks.serving.stream.first_event databricks.endpoint={_endpoint}");
        Assert.Contains($"databricks.serving.stream.gap databricks.endpoint={_endpoint}", telemetry.Measured);
    }

    [Fact]
    public async Task The_wait_for_a_turn_is_measured()
    {
        using var telemetry = new RecordedTelemetry("databricks.endpoint", _endpoint);
        await new VerbatimService().Answers(Some.ChatBody)
            .Client(options => options.Concurrency(1)).GetChatClient(_endpoint).GetResponseAsync(Some.Question());

        Assert.Contains($"databricks.serving.queue.wait databricks.endpoint={_endpoint}", telemetry.Measured);
    }

    [Theory]
    [InlineData("timed out", "timeout")]
    [InlineData("unreachable", "no_connection")]
    [InlineData("broken", "no_answer")]
    public async Task An_attempt_without_an_answer_says_what_it_died_of(string kind, string outcome)
    {
        using var telemetry = new RecordedTelemetry("databricks.endpoint", _endpoint);
        var service = kind switch
        {
            "timed out" =>
                new VerbatimService().Throws(new TaskCanceledException("x", new TimeoutException("x", new OperationCanceledException()))),
            "unreachable" => new VerbatimService().Throws(new HttpRequestException(HttpRequestError.ConnectionError, "x")),
            _ => new VerbatimService().Throws(new HttpRequestException(HttpRequestError.ResponseEnded, "x")),
        };
        await Failure.Of(service.Client().GetChatClient(_endpoint));

        Assert.Equal(outcome, Assert.Single(telemetry.Stopped).GetTagItem("error.type"));
        Assert.EndsWith($"databricks.outcome={outcome}", Assert.Single(telemetry.Measured), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_move_to_another_endpoint_is_counted()
    {
        using var telemetry = new RecordedTelemetry("databricks.endpoint", _endpoint);
        var service = new VerbatimService().Answers("", HttpStatusCode.ServiceUnavailable).Answers(Some.ChatBody);
        await service.Client().GetFallbackChatClient([_endpoint, "other"]).GetResponseAsync(Some.Question());

        Assert.Contains($"databricks.serving.fallbacks databricks.endpoint={_endpoint}", telemetry.Measured);
    }

    [Fact]
    public async Task A_chat_makes_no_activity_of_its_own()
    {
        using var telemetry = new RecordedTelemetry("databricks.endpoint", _endpoint);
        using var caller = new Activity("chat").Start();
        var service = new VerbatimService().Answers(Some.ChatBody)
            .Streams("""data: {"choices":[{"index":0,"delta":{"content":"Hi."},"finish_reason":"stop"}]}""" + "\n\ndata: [DONE]\n\n");
        var chat = service.Client().GetChatClient(_endpoint);
        await chat.GetResponseAsync(Some.Question());
        await Exchange.Collect(chat);

        Assert.Equal(["databricks.attempt", "databricks.attempt"], telemetry.Under(caller).Select(activity => activity.OperationName));
    }

    [Fact]
    public async Task Nothing_of_what_was_said_is_in_it()
    {
        using var telemetry = new RecordedTelemetry("databricks.endpoint", _endpoint);
        var service = new VerbatimService()
            .Answers("""{"message":"canary-of-service"}""", HttpStatusCode.ServiceUnavailable)
            .Answers(Some.ChatBody.Replace("Hi.", "canary-of-answer", StringComparison.Ordinal));
        await Retrying(service).GetResponseAsync([new ChatMessage(ChatRole.User, "canary-of-prompt")]);

        var tags = telemetry.Stopped.SelectMany(activity => activity.TagObjects.Select(tag => $"{tag.Value}"));
        var names = telemetry.Stopped.Select(activity => $"{activity.DisplayName} {activity.StatusDescription}");
        var recorded = string.Join("\n", telemetry.Measured.Concat(tags).Concat(names));
        Assert.DoesNotContain("canary", recorded, StringComparison.Ordinal);
        Assert.DoesNotContain(Some.Token, recorded, StringComparison.Ordinal);
    }

    private IChatClient Retrying(VerbatimService service) =>
        service.Client(options => options.RetriesAtOnce(2)).GetChatClient(_endpoint);
}
