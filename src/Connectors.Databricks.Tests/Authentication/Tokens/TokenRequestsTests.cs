using System.Net;
using System.Net.Sockets;
using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.Tests.Authentication.Tokens;

/// <summary>Which failures of a token service are repeated, after how long, and for how long in all.</summary>
public sealed class TokenRequestsTests
{
    private const string Address = "https://tokens.example.com/oidc/v1/token";
    private const string Good = """{"access_token":"t"}""";

    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly FakePlatform _machine = new();
    private readonly FakeLogger _log = new();

    public static TheoryData<string, Exception> PassingBreaks => new()
    {
        { "reset", Broken(SocketError.ConnectionReset) },
        { "reset within TLS", new HttpRequestException("x", new IOException("y", new SocketException((int)SocketError.ConnectionReset))) },
        { "refused", Broken(SocketError.ConnectionRefused) },
        { "timed out", Broken(SocketError.TimedOut) },
        { "closed before the headers", new HttpRequestException(HttpRequestError.ResponseEnded) },
        { "closed within the body", new HttpIOException(HttpRequestError.ResponseEnded) },
    };

    public static TheoryData<string, Exception> LastingBreaks => new()
    {
        { "unknown name", Broken(SocketError.HostNotFound) },
        { "name service down", Broken(SocketError.TryAgain) },
        { "no certificate", new HttpRequestException(HttpRequestError.SecureConnectionError, "The SSL connection could not be " +
            "established.") },
        { "something else", new HttpRequestException("x") },
    };

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_status_that_may_pass_is_asked_again(int status)
    {
        _machine.Answers(Address, "", (HttpStatusCode)status).Answers(Address, Good);

        await AfterDelays(Get());

        Assert.Equal(2, _machine.Sent.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(302)]
    public async Task Another_status_is_final(int status)
    {
        _machine.Answers(Address, """{"error":"no","error_description":"Not here."}""", (HttpStatusCode)status);

        var failure = await Assert.ThrowsAsync<TokenCallException>(Get);

        Assert.Equal(
            ($"Asking: {Address} returned {status} {(HttpStatusCode)status}: no: Not here.", 1, "no"),
            (failure.Message, _machine.Sent.Count, failure.ErrorCode));
    }

    [Theory]
    [MemberData(nameof(PassingBreaks))]
    public async Task A_break_that_may_pass_is_asked_again(string name, Exception exception)
    {
        _machine.Breaks(Address, exception).Answers(Address, Good);

        await AfterDelays(Get());

        Assert.True(_machine.Sent.Count == 2, name);
    }

    [Theory]
    [MemberData(nameof(LastingBreaks))]
    public async Task A_break_that_lasts_is_final(string name, Exception exception)
    {
        _machine.Breaks(Address, exception);

        await Assert.ThrowsAsync<TokenCallException>(Get);

        Assert.True(_machine.Sent.Count == 1, name);
    }

    [Theory]
    [InlineData(0, 0.5, 0.5)]
    [InlineData(0, 0.999, 0.999)]
    [InlineData(1, 0.5, 1)]
    [InlineData(2, 0.5, 2)]
    [InlineData(4, 0.5, 8)]
    [InlineData(5, 0.25, 8)]
    [InlineData(9, 0.5, 30)]
    public async Task The_delay_is_a_random_part_of_a_doubling_ceiling_of_a_minute(int failuresBefore, double chance, double seconds)
    {
        for (var i = 0; i <= failuresBefore; i++)
        {
            var before = i;
            _machine.Answers(Address, _ =>
            {
                _machine.Chance = before < failuresBefore ? 0 : chance;
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
            });
        }

        await Elapses(TimeSpan.FromSeconds(seconds), _machine.Answers(Address, Good));
    }

    [Theory]
    [InlineData("7", 0.5, 7)]
    [InlineData("0", 0.5, 0.5)]
    [InlineData("Thu, 01 Oct 2026 12:00:09 GMT", 0.5, 9)]
    [InlineData("Thu, 01 Oct 2026 11:00:00 GMT", 0.5, 0.5)]
    [InlineData("soon", 0.5, 0.5)]
    public async Task The_service_says_how_long_to_wait_at_least(string retryAfter, double chance, double seconds)
    {
        _machine.Chance = chance;
        _machine.Answers(Address, "", HttpStatusCode.TooManyRequests, ("Retry-After", retryAfter));

        await Elapses(TimeSpan.FromSeconds(seconds), _machine.Answers(Address, Good));
    }

    [Theory]
    [InlineData("61")]
    [InlineData("5000000")]
    [InlineData("Fri, 01 Jan 9999 00:00:00 GMT")]
    public async Task A_wait_of_months_ends_after_the_minute_with_what_the_service_said(string retryAfter)
    {
        _machine.Answers(Address, """{"error":"slow_down"}""", HttpStatusCode.TooManyRequests, ("Retry-After", retryAfter));
        var asking = Get();
        await Logged("is retried in");
        _machine.Clock.Advance(TimeSpan.FromMinutes(1) - Tick);
        Assert.False(asking.IsCompleted);

        _machine.Clock.Advance(Tick);

        var failure = await Assert.ThrowsAsync<TokenCallException>(() => asking).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((HttpStatusCode.TooManyRequests, "slow_down", 1), (failure.StatusCode!.Value, failure.ErrorCode, _machine.Sent.Count));
    }

    [Fact]
    public async Task An_attempt_that_hangs_is_given_up_and_repeated_until_the_minute_is_over()
    {
        _machine.Answers(Address, async stop =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            throw new InvalidOperationException();
        });
        var asking = Get();
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await _machine.Clock.TimerDueIn(TimeSpan.FromSeconds(20));
            _machine.Clock.Advance(TimeSpan.FromSeconds(20));
            await Logged($"attempt {attempt} ");
        }

        await _machine.Clock.TimerDueIn(TimeSpan.FromSeconds(20));
        _machine.Clock.Advance(TimeSpan.FromSeconds(20));

        var failure = await Assert.ThrowsAsync<TokenCallException>(() => asking).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(($"Asking: {Address} did not respond within 20 seconds.", 3), (failure.Message, _machine.Sent.Count));
    }

    [Fact]
    public async Task The_callers_cancellation_is_no_failure_of_the_service()
    {
        _machine.Answers(Address, "", HttpStatusCode.ServiceUnavailable, ("Retry-After", "7"));
        using var cancellation = new CancellationTokenSource();
        var asking = Requests().GetObjectAsync(Call(), cancellation.Token);
        await _machine.Clock.TimerDueIn(TimeSpan.FromSeconds(7));

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task What_is_not_worth_repeating_is_asked_once()
    {
        _machine.Answers(Address, "", HttpStatusCode.ServiceUnavailable);

        await Assert.ThrowsAsync<TokenCallException>(() => Requests().GetObjectAsync(Call() with { Repeats = false }, default));

        Assert.Single(_machine.Sent);
    }

    [Theory]
    [InlineData("http://tokens.example.com/")]
    [InlineData("http://169.254.169.253/")]
    [InlineData("http://localhost.example.com/")]
    [InlineData("ftp://localhost/")]
    [InlineData("file:///etc/passwd")]
    public async Task Secrets_are_not_sent_in_clear_text(string address)
    {
        var failure = await Assert.ThrowsAsync<TokenCallException>(
            () => Requests().GetObjectAsync(new TokenCall("Asking", HttpMethod.Get, new Uri(address)), default));

        Assert.Equal($"Asking: {address} does not use https, and secrets are not sent in clear text.", failure.Message);
        Assert.Empty(_machine.Sent);
    }

    [Theory]
    [InlineData("http://localhost:5/")]
    [InlineData("http://127.0.0.1:5/")]
    [InlineData("http://[::1]:5/")]
    [InlineData("http://169.254.169.254/")]
    public async Task This_machine_and_its_metadata_service_may_be_asked_without_TLS(string address)
    {
        _machine.Answers(address, Good);

        await Requests().GetObjectAsync(new TokenCall("Asking", HttpMethod.Get, new Uri(address)), default);

        Assert.Single(_machine.Sent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"eyJhbGciOi.eyJzdWIi.c2ln\"")]
    [InlineData("<html>")]
    public async Task An_answer_that_is_no_object_is_not_quoted(string body)
    {
        _machine.Answers(Address, body);

        var failure = await Assert.ThrowsAsync<TokenCallException>(Get);

        Assert.Equal($"Asking: {Address} returned 200 without a JSON object.", failure.Message);
    }

    [Fact]
    public async Task An_error_text_that_is_no_Unicode_is_left_out()
    {
        _machine.Answers(Address, """{"error":"\ud800"}""", HttpStatusCode.BadRequest);

        var failure = await Assert.ThrowsAsync<TokenCallException>(Get);

        Assert.Equal($"Asking: {Address} returned 400 BadRequest", failure.Message);
    }

    [Fact]
    public void An_address_is_shown_without_user_password_and_query()
    {
        var call = new TokenCall("Asking", HttpMethod.Get, new Uri("https://user:canary@tokens.example.com:8443/a/b?c=canary#canary"));

        Assert.Equal("Asking (GET https://tokens.example.com:8443/a/b)", call.ToString());
        Assert.Equal("Asking (GET ***)", (call with { HidesAddress = true }).ToString());
    }

    private static HttpRequestException Broken(SocketError error) => new("broken", new SocketException((int)error));

    private static TokenCall Call() => new("Asking", HttpMethod.Post, new Uri(Address)) { Form = [new("grant_type", "some")] };

    private TokenRequests Requests() => new(_machine, _log, new Redaction([]));

    private Task Get() => Requests().GetObjectAsync(Call(), CancellationToken.None);

    // Chance is 0, so no delay takes any time.
    private static Task AfterDelays(Task asking) => asking.WaitAsync(TimeSpan.FromSeconds(30));

    private async Task Elapses(TimeSpan delay, FakePlatform machine)
    {
        var asking = Get();
        await machine.Clock.TimerDueIn(delay);
        machine.Clock.Advance(delay - Tick);
        Assert.False(asking.IsCompleted);
        machine.Clock.Advance(Tick);
        await asking.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private async Task Logged(string part)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!_log.Collector.Lines().Any(line => line.Text.Contains(part, StringComparison.Ordinal)))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
