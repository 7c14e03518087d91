using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

/// <summary>An app with the OpenAI-compatible routes, in front of an emulator. Both listen on loopback.</summary>
internal sealed class OpenAIApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OpenAIApp(DatabricksEmulator emulator, WebApplication app)
    {
        Emulator = emulator;
        _app = app;
        Address = new Uri(app.Urls.First());
        Http = new HttpClient { BaseAddress = Address };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ClientKey);
    }

    /// <summary>The key of a client of the app; it means nothing to the workspace.</summary>
    public const string ClientKey = "app-key-1";

    public DatabricksEmulator Emulator { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<OpenAIApp> StartAsync(
        Action<DatabricksOpenAIOptions>? configure = null, Action<IServiceCollection>? services = null,
        DatabricksEmulatorOptions? options = null, Action<DatabricksServingOptions>? serving = null,
        Action<RouteGroupBuilder>? convention = null)
    {
        var emulator = await DatabricksEmulator.StartAsync(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var settings = new DatabricksServingOptions
        {
            Host = emulator.Host,
            Credential = DatabricksCredential.FromToken(emulator.Token),
            Resilience = { Retry = null },
        };
        serving?.Invoke(settings);
        builder.Services.AddSingleton(new DatabricksServingClient(settings));
        services?.Invoke(builder.Services);
        var app = builder.Build();
        var routes = app.MapOpenAICompatibility("/v1", configure ?? (options => options.AllowAnyEndpoint = true));
        convention?.Invoke(routes);
        await app.StartAsync();
        return new OpenAIApp(emulator, app);
    }

    public async Task<(int Status, JsonObject Json)> PostAsync(string route, string body)
    {
        using var response = await SendAsync(route, body);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    public Task<HttpResponseMessage> SendAsync(string route, string body, CancellationToken cancellationToken = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/{route}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Sends a request, and returns the data of each event; the text of a broken stream ends with its exception.</summary>
    public async Task<List<string>> StreamAsync(string route, string body)
    {
        using var response = await SendAsync(route, body);
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

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await Emulator.DisposeAsync();
    }
}
