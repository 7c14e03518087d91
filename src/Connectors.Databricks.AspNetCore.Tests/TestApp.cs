using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.AspNetCore.Tests;

/// <summary>An app with routes under test, in front of an emulator. Both listen on loopback.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestApp(DatabricksEmulator emulator, WebApplication app)
    {
        Emulator = emulator;
        _app = app;
        Address = new Uri(app.Urls.First());
        Http = new HttpClient { BaseAddress = Address };
    }

    public DatabricksEmulator Emulator { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<TestApp> StartAsync(
        Action<WebApplication> map, Action<IServiceCollection>? services = null, DatabricksEmulatorOptions? options = null,
        Action<DatabricksServingOptions>? serving = null)
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
        map(app);
        await app.StartAsync();
        return new TestApp(emulator, app);
    }

    public async Task<HttpResponseMessage> SendAsync(
        string path, string body, string? accept = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Sends a request, and returns the status and the JSON document of the response.</summary>
    public async Task<(int Status, JsonObject Json)> PostAsync(string path, string body, string? accept = null)
    {
        using var response = await SendAsync(path, body, accept);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    public async Task<(int Status, JsonObject Json)> GetAsync(string path)
    {
        using var response = await Http.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    /// <summary>Sends a body in chunks, so that it has no length.</summary>
    public async Task<HttpResponseMessage> SendChunkedAsync(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = true;
        return await Http.SendAsync(request);
    }

    /// <summary>Sends the bytes of a request as they are, and returns the first line of the response.</summary>
    public async Task<string?> SendRawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Address.Host, Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadLineAsync();
    }

    /// <summary>Sends the start of a request, and closes the connection.</summary>
    public async Task BreakOffAsync(string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Address.Host, Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{{\"messages\""));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await Emulator.DisposeAsync();
    }
}
