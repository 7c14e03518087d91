using Connectors.Databricks.AspNetCore.Tests.OpenAI;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Connectors.Databricks.AspNetCore.Tests.Chat;

/// <summary>A stream while the model is silent, and when the client leaves.</summary>
public class ChatConnectionTests
{
    private static Task<TestApp> StartAsync(
        IChatClient chat, TimeProvider clock, Action<IServiceCollection>? services = null, Action<WebApplication>? middleware = null,
        Action<IEndpointConventionBuilder>? convention = null) => ChatApp.StartAsync(
            options => options.UseRegisteredChatClient = true,
            collection =>
            {
                collection.AddSingleton(chat).AddSingleton(clock);
                services?.Invoke(collection);
            },
            convention, middleware);

    [Fact]
    public async Task A_silent_stream_is_kept_open_by_comments()
    {
        var clock = new FakeTimeProvider();
        using var chat = new PausingChatClient();
        await using var app = await StartAsync(chat, clock);
        using var response = await app.SendAsync("/chat", ChatApp.Question);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (!(await reader.ReadLineAsync())!.Contains("One", StringComparison.Ordinal))
        {
        }

        Assert.Equal("", await reader.ReadLineAsync());
        for (var i = 0; i < 3; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(15));
            Assert.Equal((": keep-alive", ""), (await reader.ReadLineAsync(), await reader.ReadLineAsync()));
        }

        chat.Continue();
        Assert.Contains("event: done", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_call_ends_when_the_client_leaves()
    {
        using var chat = new PausingChatClient();
        await using var app = await StartAsync(chat, TimeProvider.System);
        using (var response = await app.SendAsync("/chat", ChatApp.Question))
        {
            Assert.True(response.IsSuccessStatusCode);
        }

        await chat.Canceled.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task The_call_ends_when_the_client_leaves_before_the_document()
    {
        using var chat = new PausingChatClient();
        await using var app = await StartAsync(chat, TimeProvider.System);
        using var leaving = new CancellationTokenSource();
        var document = app.SendAsync("/chat", ChatApp.Question, "application/json", leaving.Token);
        await chat.Started.WaitAsync(TimeSpan.FromSeconds(30));
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => document);
        await chat.Canceled.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_request_timeout_of_the_app_has_its_own_status()
    {
        using var chat = new PausingChatClient();
        await using var app = await StartAsync(
            chat, TimeProvider.System,
            services => services.AddRequestTimeouts(),
            application => application.UseRequestTimeouts(),
            route => route.WithRequestTimeout(TimeSpan.FromMilliseconds(1)));

        using var response = await app.SendAsync("/chat", ChatApp.Question, "application/json");

        Assert.Equal(504, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_request_that_breaks_off_leaves_the_app_running()
    {
        await using var app = await ChatApp.StartAsync();
        await app.BreakOffAsync("/chat");

        Assert.Equal(200, (await app.PostAsync("/chat", ChatApp.Question, "application/json")).Status);
    }
}
