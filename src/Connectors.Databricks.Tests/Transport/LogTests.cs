using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>
/// What an operator reads: attempts at Debug, each retry and each renewed token at Warning; no prompt, completion or token.
/// </summary>
public sealed class LogTests : IDisposable
{
    private const string Completed =
        "Chat on endpoint 'some-endpoint' completed in 0 ms: finish reason stop, 1 tokens in, 1 out.";

    private readonly FakeLoggerFactory _log = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_good_call_says_nothing_above_debug()
    {
        await Chat(new VerbatimService().Answers(Some.ChatBody, headers: ("x-request-id", "7c1d"))).GetResponseAsync(Some.Question());

        Assert.Equal(
            [
                (LogLevel.Debug, "Chat on endpoint 'some-endpoint': attempt 1."),
                (LogLevel.Debug, "Chat on endpoint 'some-endpoint': status 200, request id 7c1d."),
                (LogLevel.Debug, Completed),
            ],
            _log.Collector.Lines());
    }

    [Fact]
    public async Task A_failed_call_throws_and_says_nothing_above_debug()
    {
        await Failure.Of(
            Chat(new VerbatimService().Answers("""{"error_code":"BAD_REQUEST","message":"No."}""", HttpStatusCode.BadRequest)));

        Assert.Empty(_log.Collector.Shown());
    }

    [Fact]
    public async Task Each_retry_is_a_warning_and_each_attempt_is_counted()
    {
        var service = new VerbatimService()
            .Answers("""{"error_code":"REQUEST_LIMIT_EXCEEDED","message":"canary"}""", HttpStatusCode.TooManyRequests)
            .Answers("", HttpStatusCode.BadGateway)
            .Answers(Some.ChatBody);

        await Chat(service).GetResponseAsync(Some.Question());

        Assert.Equal(
            [
                (LogLevel.Debug, "Chat on endpoint 'some-endpoint': attempt 1."),
                (LogLevel.Debug, "Chat on endpoint 'some-endpoint': status 429, request id none."),
                (LogLevel.Warning,
                    "Chat on endpoint 'some-endpoint' will be retried in 00:00:00 (retry 1 of 2): 429 REQUEST_LIMIT_EXCEEDED"),
                (LogLevel.Debug, "Chat on endpoint 'some-endpoint': attempt 2."),
                (LogLevel.Debug, "Chat on endpoint 'some-endpoint': status 502, request id none."),
                (LogLevel.Warning, "Chat on endpoint 'some-endpoint' will be retried in 00:00:00 (retry 2 of 2): 502"),
                (LogLevel.Debug, "Chat on endpoint 'some-endpoint': attempt 3."),
                (LogLevel.Debug, "Chat on endpoint 'some-endpoint': status 200, request id none."),
                (LogLevel.Debug, Completed),
            ],
            _log.Collector.Lines());
    }

    [Fact]
    public async Task A_renewed_token_is_a_warning()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.Unauthorized).Answers(Some.ChatBody);

        await Chat(service, new CountingCredential("dapi-old", "dapi-new")).GetResponseAsync(Some.Question());

        Assert.Equal(
            [
                (LogLevel.Debug, "Chat on endpoint 'some-endpoint': attempt 1."),
                (LogLevel.Debug, "Chat on endpoint 'some-endpoint': status 401, request id none."),
                (LogLevel.Warning, "Chat on endpoint 'some-endpoint': the token was rejected with 401; retrying once with a new token."),
                (LogLevel.Debug, "Chat on endpoint 'some-endpoint': attempt 2."),
                (LogLevel.Debug, "Chat on endpoint 'some-endpoint': status 200, request id none."),
                (LogLevel.Debug, Completed),
            ],
            _log.Collector.Lines());
    }

    [Fact]
    public async Task Neither_prompt_nor_completion_nor_token_is_logged()
    {
        var service = new VerbatimService()
            .Answers("", HttpStatusCode.ServiceUnavailable)
            .Answers("", HttpStatusCode.Unauthorized)
            .Answers("""{"choices":[{"index":0,"message":{"role":"assistant","content":"canary"},"finish_reason":"stop"}]}""");

        await Chat(service, new CountingCredential("canary-1", "canary-2")).GetResponseAsync("canary");

        Assert.DoesNotContain("canary", string.Join('\n', _log.Collector.Lines()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "Chat on endpoint 'some-endpoint' completed in 812 ms: finish reason stop, 7 tokens in, 2 out.")]
    [InlineData(true, "Streaming chat on endpoint 'some-endpoint' completed in 812 ms: finish reason stop, 7 tokens in, 2 out.")]
    public async Task A_completed_call_has_its_duration_and_tokens(bool isStream, string expected)
    {
        const string Usage = """ "usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9} """;
        var body = isStream
            ? $$"""data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}],{{Usage}}}""" + "\n\ndata: [DONE]\n\n"
            : $$"""{"choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],{{Usage}}}""";
        var service = isStream ? new VerbatimService().Streams(body) : new VerbatimService().Answers(body);
        var slow = DatabricksCredential.FromTokenProvider(_ =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(812));
            return new(new DatabricksAccessToken("dapi-1"));
        });

        await CallAsync(Chat(service, slow), isStream);

        Assert.Equal((LogLevel.Debug, expected), _log.Collector.Lines()[^1]);
    }

    [Theory]
    [InlineData(false, "Chat")]
    [InlineData(true, "Streaming chat")]
    public async Task A_failed_call_has_its_ids_and_not_the_message_of_the_service(bool isStream, string operation)
    {
        var service = new VerbatimService().Answers(
            """{"error_code":"BAD_REQUEST","message":"canary"}""", HttpStatusCode.BadRequest, headers: ("x-request-id", "7c1d"));

        await Assert.ThrowsAsync<DatabricksServingException>(() => CallAsync(Chat(service), isStream));

        Assert.Equal(
            (LogLevel.Debug,
                $"{operation} on endpoint 'some-endpoint' failed after 0 ms: DatabricksServingException, status 400, " +
                "error code BAD_REQUEST, request id 7c1d."),
            _log.Collector.Lines()[^1]);
        Assert.DoesNotContain("canary", string.Join('\n', _log.Collector.Lines()), StringComparison.Ordinal);
    }

    private static async Task CallAsync(IChatClient chat, bool isStream)
    {
        if (isStream)
        {
            await Exchange.Collect(chat);
        }
        else
        {
            await chat.GetResponseAsync(Some.Question());
        }
    }

    private IChatClient Chat(VerbatimService service, DatabricksCredential? credential = null) => service.Chat(options =>
    {
        options.LoggerFactory = _log;
        options.TimeProvider = _clock;
        options.Credential = credential ?? options.Credential;
        options.RetriesAtOnce(2);
    });
}
