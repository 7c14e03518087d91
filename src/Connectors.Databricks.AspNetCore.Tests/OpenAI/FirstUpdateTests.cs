using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

/// <summary>A model that thinks before its first update: the status waits for the grace period, then the stream is kept open.</summary>
public class FirstUpdateTests
{
    public static TheoryData<string, string> Streams => ConnectionTests.Streams;

    private static Task<OpenAIApp> StartAsync(PausingChatClient chat, TimeProvider clock) => OpenAIApp.StartAsync(
        options =>
        {
            options.Endpoints.Add("m");
            options.ChatClientFactory = (_, _) => chat;
            options.FirstUpdateGracePeriod = TimeSpan.FromSeconds(20);
        },
        services => services.AddSingleton(clock));

    [Theory, MemberData(nameof(Streams))]
    public async Task The_stream_starts_with_comments_after_the_grace_period(string route, string body)
    {
        var clock = new FakeTimeProvider();
        using var chat = new PausingChatClient { ThinksFirst = true };
        await using var app = await StartAsync(chat, clock);
        var sending = app.SendAsync(route, body);
        await chat.Started;
        clock.Advance(TimeSpan.FromSeconds(20));
        using var response = await sending;
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal((200, "text/event-stream"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal((": keep-alive", ""), (await reader.ReadLineAsync(), await reader.ReadLineAsync()));
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal((": keep-alive", ""), (await reader.ReadLineAsync(), await reader.ReadLineAsync()));

        chat.Continue();

        var rest = await reader.ReadToEndAsync();
        Assert.Contains("One", rest, StringComparison.Ordinal);
        Assert.Contains("two.", rest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat/completions", """{"model":"m","messages":[{"role":"user","content":"hi"}],"stream":true}""", 1)]
    [InlineData("responses", """{"model":"m","input":"hi","stream":true}""", 4)]
    public async Task A_failure_after_the_grace_period_is_an_event(string route, string body, int count)
    {
        var clock = new FakeTimeProvider();
        using var chat = new PausingChatClient { ThinksFirst = true };
        await using var app = await StartAsync(chat, clock);
        var sending = app.SendAsync(route, body);
        await chat.Started;
        clock.Advance(TimeSpan.FromSeconds(20));
        using var response = await sending;
        chat.Fail(new DatabricksServingException("throttled", null, HttpStatusCode.TooManyRequests)
        {
            Kind = DatabricksServingErrorKind.RateLimited,
        });

        var events = (await OpenAIApp.EventsAsync(response)).Where(item => item[0] != ':').ToList();

        Assert.Equal(count + 1, events.Count);
        Assert.Contains("\"code\":\"rate_limit_exceeded\"", events[^2], StringComparison.Ordinal);
        Assert.Equal("broken: ResponseEnded", events[^1]);
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task A_failure_within_the_grace_period_has_its_status(string route, string body)
    {
        var clock = new FakeTimeProvider();
        using var chat = new PausingChatClient { ThinksFirst = true };
        await using var app = await StartAsync(chat, clock);
        var posting = app.PostAsync(route, body);
        await chat.Started;
        clock.Advance(TimeSpan.FromSeconds(19.9));
        chat.Fail(new TimeoutException());

        Assert.Equal(504, (await posting).Status);
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task The_call_ends_when_the_client_leaves_before_the_first_update(string route, string body)
    {
        using var chat = new PausingChatClient { ThinksFirst = true };
        await using var app = await StartAsync(chat, new FakeTimeProvider());
        using var leaving = new CancellationTokenSource();
        var sending = app.SendAsync(route, body, leaving.Token);
        await chat.Started;
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await chat.Canceled.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
