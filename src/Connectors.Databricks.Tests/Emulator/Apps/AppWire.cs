using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.Emulator.Gateway;

namespace Connectors.Databricks.Tests.Emulator.Apps;

/// <summary>An app of the emulator and an HttpClient with an OAuth token, which follows no redirects.</summary>
internal sealed class AppWire : IAsyncDisposable
{
    private readonly Wire _wire;

    private AppWire(Wire wire, EmulatedApp app, string token)
    {
        _wire = wire;
        App = app;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.Url };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public EmulatedApp App { get; }

    public HttpClient Http { get; }

    public Wire Workspace => _wire;

    public static async Task<AppWire> OpenAsync(EmulatedAgentServer server)
    {
        Wire wire = await Wire.OpenAsync();
        EmulatedApp app = await wire.Emulator.AddAppAsync("agent-bricks-1", server);
        return new AppWire(wire, app, await wire.TokenAsync("all-apis"));
    }

    /// <summary>The status and the body of a response, as "200 {…}".</summary>
    public async Task<string> AskAsync(HttpMethod method, string path, string? json = null, string? session = null)
    {
        using HttpResponseMessage response = await SendAsync(method, path, json, session);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }

    public async Task<JsonNode> ReadAsync(HttpMethod method, string path, string? json = null, string? session = null)
    {
        string answer = await AskAsync(method, path, json, session);
        Assert.StartsWith("20", answer, StringComparison.Ordinal);
        return JsonNode.Parse(answer[4..])!;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? json = null, string? session = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        if (session is not null)
        {
            request.Headers.Add("X-Databricks-Session-Id", session);
        }

        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The frames of a stream, without the blank lines between them.</summary>
    public async Task<string[]> StreamAsync(HttpMethod method, string path, string? json = null, string? session = null)
    {
        using HttpResponseMessage response = await SendAsync(method, path, json, session);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        string text = await response.Content.ReadAsStringAsync();
        return text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return _wire.DisposeAsync();
    }
}
