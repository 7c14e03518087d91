using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

/// <summary>A stream while the model is silent, and when the client leaves.</summary>
public class ConnectionTests
{
    public static TheoryData<string, string> Streams => new()
    {
        { "chat/completions", """{"model":"m","messages":[{"role":"user","content":"hi"}],"stream":true}""" },
        { "responses", """{"model":"m","input":"hi","stream":true}""" },
    };

    private static Task<OpenAIApp> StartAsync(PausingChatClient chat, TimeProvider clock) => OpenAIApp.StartAsync(
        options =>
        {
            options.Endpoints.Add("m");
            options.ChatClientFactory = (_, _) => chat;
        },
        services => services.AddSingleton(clock));

    [Theory, MemberData(nameof(Streams))]
    public async Task A_silent_stream_is_kept_open_by_comments(string route, string body)
    {
        var clock = new FakeTimeProvider();
        using var chat = new PausingChatClient();
        await using var app = await StartAsync(chat, clock);
        using var response = await app.SendAsync(route, body);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (!(await reader.ReadLineAsync())!.Contains("One", StringComparison.Ordinal))
        {
        }

        await reader.ReadLineAsync();
        for (var i = 0; i < 2; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(15));
            Assert.Equal((": keep-alive", ""), (await reader.ReadLineAsync(), await reader.ReadLineAsync()));
        }

        chat.Continue();
        Assert.Contains("two.", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task The_call_ends_when_the_client_leaves(string route, string body)
    {
        using var chat = new PausingChatClient();
        await using var app = await StartAsync(chat, TimeProvider.System);
        using (var response = await app.SendAsync(route, body))
        {
            Assert.True(response.IsSuccessStatusCode);
        }

        await chat.Canceled.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory, MemberData(nameof(Streams))]
    public async Task The_call_ends_when_the_client_leaves_before_the_first_event(string route, string body)
    {
        using var chat = new PausingChatClient();
        await using var app = await StartAsync(chat, TimeProvider.System);
        using var leaving = new CancellationTokenSource();
        var whole = app.SendAsync(route, body.Replace("true", "false", StringComparison.Ordinal), leaving.Token);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => whole);
    }
}
