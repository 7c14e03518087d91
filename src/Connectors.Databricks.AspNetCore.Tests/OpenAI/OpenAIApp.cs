using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

/// <summary>An app with the OpenAI-compatible routes, in front of an emulator. Both listen on loopback.</summary>
internal sealed class OpenAIApp : IAsyncDisposable
{
    private readonly TestApp _app;

    private OpenAIApp(TestApp app)
    {
        _app = app;
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ClientKey);
    }

    /// <summary>The key of a client of the app; it means nothing to the workspace.</summary>
    public const string ClientKey = "app-key-1";

    public DatabricksEmulator Emulator => _app.Emulator;

    public Uri Address => _app.Address;

    public HttpClient Http => _app.Http;

    public IServiceProvider Services => _app.Services;

    public static async Task<OpenAIApp> StartAsync(
        Action<DatabricksOpenAIOptions>? configure = null, Action<IServiceCollection>? services = null,
        DatabricksEmulatorOptions? options = null, Action<DatabricksServingOptions>? serving = null,
        Action<RouteGroupBuilder>? convention = null, Action<WebApplication>? middleware = null) => new(await TestApp.StartAsync(
            app =>
            {
                middleware?.Invoke(app);
                var routes = app.MapOpenAICompatibility("/v1", configure ?? (options => options.AllowAnyEndpoint = true));
                convention?.Invoke(routes);
            },
            services, options, serving));

    public Task<(int Status, JsonObject Json)> PostAsync(string route, string body) => _app.PostAsync($"/v1/{route}", body);

    public Task<HttpResponseMessage> SendAsync(string route, string body, CancellationToken cancellationToken = default) =>
        _app.SendAsync($"/v1/{route}", body, cancellationToken: cancellationToken);

    /// <summary>Sends a request, and returns its events.</summary>
    public async Task<List<string>> StreamAsync(string route, string body)
    {
        using var response = await SendAsync(route, body);
        return await EventsAsync(response);
    }

    /// <summary>Returns the data of each event; the text of a broken stream ends with its exception.</summary>
    public static async Task<List<string>> EventsAsync(HttpResponseMessage response)
    {
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        List<string> events = [];
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    events.Add(line["data: ".Length..]);
                }
                else if (line.StartsWith(':'))
                {
                    events.Add(line);
                }
            }
        }
        catch (HttpIOException exception)
        {
            events.Add($"broken: {exception.HttpRequestError}");
        }

        return events;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
