using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>
/// What an operator reads: attempts at Debug, each retry and each renewed token at Warning; no prompt, completion or token.
/// </summary>
public sealed class LogTests : IDisposable
{
    private readonly FakeLoggerFactory _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_good_call_says_nothing_above_debug()
    {
        await Chat(new VerbatimService().Answers(Some.ChatBody, headers: ("x-request-id", "7c1d"))).GetResponseAsync(Some.Question());

        Assert.Equal(
            [
                (LogLevel.Debug, "Chat on endpoint 'some-endpoint': attempt 1."),
                (LogLevel.Debug, "Chat on endpoint 'some-endpoint': status 200, request id 7c1d."),
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

    private IChatClient Chat(VerbatimService service, DatabricksCredential? credential = null) => service.Chat(options =>
    {
        options.LoggerFactory = _log;
        options.Credential = credential ?? options.Credential;
        options.RetriesAtOnce(2);
    });
}
