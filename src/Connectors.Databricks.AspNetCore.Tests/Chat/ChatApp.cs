using System.Net.ServerSentEvents;
using Connectors.Databricks.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.Tests.Chat;

/// <summary>Apps with the chat route, and how tests read its streams.</summary>
internal static class ChatApp
{
    public const string Model = "databricks-claude-sonnet-4-5";

    public const string Question = """{"messages":[{"role":"user","content":"hi"}]}""";

    public static Task<TestApp> StartAsync(
        Action<DatabricksChatRouteOptions>? configure = null, Action<IServiceCollection>? services = null,
        Action<IEndpointConventionBuilder>? convention = null, Action<WebApplication>? middleware = null,
        DatabricksEmulatorOptions? emulator = null, Action<DatabricksServingOptions>? serving = null) => TestApp.StartAsync(
            app =>
            {
                middleware?.Invoke(app);
                var route = app.MapDatabricksChat("/chat", configure ?? (options => options.Endpoints.Add(Model)));
                convention?.Invoke(route);
            },
            services, emulator, serving);

    public static Task<TestApp> StartAsync(IChatClient client, Action<DatabricksChatRouteOptions>? configure = null) => StartAsync(
        options =>
        {
            options.UseRegisteredChatClient = true;
            configure?.Invoke(options);
        },
        services => services.AddSingleton(client));

    /// <summary>Sends a request, and returns its events.</summary>
    public static async Task<List<string>> StreamAsync(this TestApp app, string body)
    {
        using var response = await app.SendAsync("/chat", body);
        return await EventsAsync(response);
    }

    /// <summary>Returns the events as <c>name data</c>; a connection that breaks is the last one.</summary>
    public static async Task<List<string>> EventsAsync(HttpResponseMessage response)
    {
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        List<string> events = [];
        try
        {
            await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
            {
                events.Add($"{item.EventType} {item.Data}");
            }
        }
        catch (HttpIOException exception)
        {
            events.Add($"broken {exception.HttpRequestError}");
        }

        return events;
    }
}
