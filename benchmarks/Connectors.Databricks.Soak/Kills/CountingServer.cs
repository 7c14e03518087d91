using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Soak.Kills;

/// <summary>A chat endpoint on loopback that counts how often it has served each request, and reports when a number is reached.</summary>
internal sealed class CountingServer : IAsyncDisposable
{
    public const string Endpoint = "counting";

    private readonly WebApplication _app;
    private readonly int[] _counts;
    private readonly Random _random;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _moment;
    private int _served;

    private CountingServer(WebApplication app, int items, int moment, int seed)
    {
        (_app, _counts, _moment, _random) = (app, new int[items], moment, new Random(seed));
        app.MapPost($"/serving-endpoints/{Endpoint}/invocations", ServeAsync);
    }

    public Uri Host => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>How often each request was served.</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>Completes when as many requests as the moment have been served.</summary>
    public Task Reached => _reached.Task;

    public static string Prompt(string id) => $"Request {id}";

    public static string ReplyTo(string id) => $"The response to request {id}, with \"quotes\" and a line\nbreak.";

    public static async Task<CountingServer> StartAsync(int items, int moment, int seed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new CountingServer(builder.Build(), items, moment, seed);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var prompt = body.RootElement.GetProperty("messages")[0].GetProperty("content").GetString()!;
        var id = prompt["Request ".Length..];
        int delay;
        lock (_counts)
        {
            _counts[int.Parse(id, System.Globalization.CultureInfo.InvariantCulture)]++;
            delay = _random.Next(4);
            if (++_served == _moment)
            {
                _reached.TrySetResult();
            }
        }

        await Task.Delay(delay);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            $$$"""{"id":"1","object":"chat.completion","created":1764000000,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{{{JsonEncodedText.Encode(ReplyTo(id))}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""");
    }
}
