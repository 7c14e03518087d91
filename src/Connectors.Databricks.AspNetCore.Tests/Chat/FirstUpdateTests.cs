using System.Net;
using Connectors.Databricks.AspNetCore.Tests.OpenAI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Connectors.Databricks.AspNetCore.Tests.Chat;

/// <summary>A model that thinks before its first update: the status waits for the grace period, then the stream is kept open.</summary>
public class FirstUpdateTests
{
    private static readonly Exception Throttled = new DatabricksServingException("throttled", null, HttpStatusCode.TooManyRequests)
    {
        Kind = DatabricksServingErrorKind.RateLimited,
        RetryAfter = TimeSpan.FromSeconds(7),
    };

    private static Task<TestApp> StartAsync(PausingChatClient chat, TimeProvider clock, TimeSpan? gracePeriod = null) => ChatApp.StartAsync(
        options =>
        {
            options.UseRegisteredChatClient = true;
            options.FirstUpdateGracePeriod = gracePeriod ?? options.FirstUpdateGracePeriod;
        },
        services => services.AddSingleton<Microsoft.Extensions.AI.IChatClient>(chat).AddSingleton(clock));

    [Fact]
    public async Task The_stream_starts_with_comments_after_the_grace_period()
    {
        var clock = new FakeTimeProvider();
        using var chat = new PausingChatClient { ThinksFirst = true };
        await using var app = await StartAsync(chat, clock);
        var sending = app.SendAsync("/chat", ChatApp.Question);
        await chat.Started;
        clock.Advance(TimeSpan.FromSeconds(15));
        using var response = await sending;
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal((200, "text/event-stream"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal((": keep-alive", ""), (await reader.ReadLineAsync(), await reader.ReadLineAsync()));
        for (var i = 0; i < 8; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(15));
            Assert.Equal((": keep-alive", ""), (await reader.ReadLineAsync(), await reader.ReadLineAsync()));
        }

        chat.Continue();

        Assert.Equal(
            "event: start\ndata: {}\n\nevent: text\ndata: {\"text\":\"One\"}\n\nevent: text\ndata: {\"text\":\" two.\"}\n\n" +
            "event: done\ndata: {\"finishReason\":\"stop\"}\n\n",
            await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_failure_after_the_grace_period_is_an_event()
    {
        var clock = new FakeTimeProvider();
        using var chat = new PausingChatClient { ThinksFirst = true };
        await using var app = await StartAsync(chat, clock);
        var sending = app.SendAsync("/chat", ChatApp.Question);
        await chat.Started;
        clock.Advance(TimeSpan.FromSeconds(15));
        using var response = await sending;
        chat.Fail(Throttled);

        Assert.Equal(
            [
                """error {"title":"Too Many Requests","status":429,"detail":"The rate limit is exceeded.","code":"rate_limit_exceeded","retryAfterSeconds":7}""",
            ],
            await ChatApp.EventsAsync(response));
    }

    [Theory]
    [InlineData(null, 14.9)]
    [InlineData(-0.001, 3_600)]
    public async Task A_failure_within_the_grace_period_has_its_status(double? gracePeriod, double thinking)
    {
        var clock = new FakeTimeProvider();
        using var chat = new PausingChatClient { ThinksFirst = true };
        await using var app = await StartAsync(
            chat, clock, gracePeriod is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        var posting = app.PostAsync("/chat", ChatApp.Question);
        await chat.Started;
        clock.Advance(TimeSpan.FromSeconds(thinking));
        chat.Fail(Throttled);

        var (status, json) = await posting;

        Assert.Equal((429, "rate_limit_exceeded"), (status, (string?)json["code"]));
    }

    [Fact]
    public async Task Without_a_grace_period_the_stream_starts_at_once()
    {
        using var chat = new PausingChatClient { ThinksFirst = true };
        await using var app = await StartAsync(chat, new FakeTimeProvider(), TimeSpan.Zero);

        using var response = await app.SendAsync("/chat", ChatApp.Question);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Equal((": keep-alive", ""), (await reader.ReadLineAsync(), await reader.ReadLineAsync()));
    }

    [Fact]
    public async Task The_call_ends_when_the_client_leaves_before_the_first_update()
    {
        using var chat = new PausingChatClient { ThinksFirst = true };
        await using var app = await StartAsync(chat, new FakeTimeProvider());
        using var leaving = new CancellationTokenSource();
        var sending = app.SendAsync("/chat", ChatApp.Question, cancellationToken: leaving.Token);
        await chat.Started;
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await chat.Canceled.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_stream_that_was_started_before_its_first_update_ends_when_the_client_leaves()
    {
        using var chat = new PausingChatClient { ThinksFirst = true };
        await using var app = await StartAsync(chat, new FakeTimeProvider(), TimeSpan.Zero);
        using (var response = await app.SendAsync("/chat", ChatApp.Question))
        {
            Assert.True(response.IsSuccessStatusCode);
        }

        await chat.Canceled.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
