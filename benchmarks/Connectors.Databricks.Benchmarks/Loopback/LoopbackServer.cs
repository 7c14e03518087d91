using System.Collections.Concurrent;
using Connectors.Databricks.Benchmarks.Batches;
using Connectors.Databricks.Benchmarks.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Benchmarks.Loopback;

/// <summary>
/// The other process: it streams prepared events over a real connection. Endpoint <c>stream</c> sends a hundred deltas, <c>idle</c> sends
/// one and continues when it is released, and <c>echo</c> responds as <see cref="EchoService"/>. <c>/last</c> is the last request. The
/// process ends when its standard input is closed.
/// </summary>
internal static class LoopbackServer
{
    public const int Deltas = 100;

    public const string StreamingEndpoint = "stream";
    public const string IdleEndpoint = "idle";
    public const string EchoEndpoint = "echo";

    private const int FirstEvent = 300;

    private static readonly byte[] Events = Replies.LlamaStream(Deltas);
    private static readonly ConcurrentBag<TaskCompletionSource> Held = [];

    private static string lastRequest = "";

    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapPost($"/serving-endpoints/{EchoEndpoint}/invocations", EchoAsync);
        app.MapPost("/serving-endpoints/{name}/invocations", AnswerAsync);
        app.MapPost("/release", Release);
        app.MapGet("/last", () => lastRequest);
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await Console.In.ReadToEndAsync();
        Release();
        await app.StopAsync();
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(EchoService.ResponseTo(body.ToArray()));
    }

    private static async Task AnswerAsync(HttpContext context, string name)
    {
        using var body = new StreamReader(context.Request.Body);
        lastRequest = $"{context.Request.Path}\n{context.Request.Headers.Authorization}\n{await body.ReadToEndAsync()}";
        context.Response.ContentType = "text/event-stream";
        var first = Events.AsSpan(FirstEvent).IndexOf("\n\n"u8) + FirstEvent + 2;
        await context.Response.Body.WriteAsync(Events.AsMemory(0, first));
        await context.Response.Body.FlushAsync();
        if (name == IdleEndpoint)
        {
            var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Held.Add(release);
            await release.Task;
        }

        for (var at = first; at < Events.Length; at += PreparedService.UsualReadSize)
        {
            await context.Response.Body.WriteAsync(Events.AsMemory(at, Math.Min(PreparedService.UsualReadSize, Events.Length - at)));
            await context.Response.Body.FlushAsync();
        }
    }

    private static void Release()
    {
        while (Held.TryTake(out var held))
        {
            held.TrySetResult();
        }
    }
}
