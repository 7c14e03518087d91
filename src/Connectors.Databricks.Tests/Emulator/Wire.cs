using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Emulator;

/// <summary>An emulator with a fake clock, and an HttpClient: both sides of the wire as text.</summary>
internal sealed partial class Wire : IAsyncDisposable
{
    private Wire(DatabricksEmulator emulator, FakeClock clock)
    {
        Emulator = emulator;
        Clock = clock;
        Http = new HttpClient { BaseAddress = emulator.Host, Timeout = TimeSpan.FromMinutes(1) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", emulator.Token);
    }

    public DatabricksEmulator Emulator { get; }

    public FakeClock Clock { get; }

    public HttpClient Http { get; }

    public static async Task<Wire> OpenAsync(Action<DatabricksEmulatorOptions>? configure = null)
    {
        var clock = new FakeClock(DateTimeOffset.FromUnixTimeSeconds(1790000000));
        var options = new DatabricksEmulatorOptions { TimeProvider = clock };
        configure?.Invoke(options);
        return new Wire(await DatabricksEmulator.StartAsync(options), clock);
    }

    public Task<HttpResponseMessage> PostAsync(
        string path, string json, HttpCompletionOption completion = HttpCompletionOption.ResponseHeadersRead) =>
        Http.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
            {
                Content = new StringContent(json, Encoding.UTF8, "application/json"),
            },
            completion);

    public Task<HttpResponseMessage> InvokeAsync(string endpoint, string json) =>
        PostAsync($"serving-endpoints/{Uri.EscapeDataString(endpoint)}/invocations", json);

    /// <summary>The status and the body of a response, as "200 {…}".</summary>
    public async Task<string> AskAsync(string endpoint, string json)
    {
        using HttpResponseMessage response = await InvokeAsync(endpoint, json);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }

    /// <summary>The body of a 200 response.</summary>
    public async Task<string> ReadAsync(string endpoint, string json)
    {
        using HttpResponseMessage response = await InvokeAsync(endpoint, json);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return body;
    }

    /// <summary>The text of a response without streaming.</summary>
    public async Task<string> TextAsync(string endpoint, string json) =>
        JsonNode.Parse(await ReadAsync(endpoint, json))!["choices"]![0]!["message"]!["content"]!.GetValue<string>();

    public async Task<string> SayAsync(string endpoint, string prompt) =>
        await TextAsync(endpoint, new JsonObject
        {
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt }),
        }.ToJsonString());

    /// <summary>Joins wrapped lines: two leading spaces continue the previous line.</summary>
    public static string Unwrapped(string text) => Wrap().Replace(text.ReplaceLineEndings("\n"), "");

    [GeneratedRegex("\n  ")]
    private static partial Regex Wrap();

    public static void SameJson(string expected, string actual) =>
        Assert.Equal(Indented(JsonNode.Parse(expected)!), Indented(JsonNode.Parse(actual)!));

    public static string Indented(JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            node.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Emulator.DisposeAsync();
    }
}
