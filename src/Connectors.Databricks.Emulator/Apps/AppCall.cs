using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Apps;

/// <summary>An admitted request to an app.</summary>
internal sealed record AppCall(
    HttpContext Context, RecordedRequest Request, string[] Path, JsonObject? Json, RequestIds Ids, CancellationToken Stopped)
{
    public string? Query(string name) => Request.QueryValues.GetValueOrDefault(name);

    public Task WriteAsync(int status, JsonObject body)
    {
        Request.StatusCode = status;
        Context.Response.StatusCode = status;
        Context.Response.ContentType = "application/json";
        return Context.Response.WriteAsync(CompactJson.Write(body), Stopped);
    }

    /// <summary>The error of a FastAPI server.</summary>
    public Task FailAsync(int status, string detail) => WriteAsync(status, new JsonObject { ["detail"] = detail });

    public async Task StartStreamAsync()
    {
        Request.StatusCode = 200;
        Context.Response.ContentType = "text/event-stream";
        Context.Response.Headers.CacheControl = "no-cache";
        await Context.Response.StartAsync(Stopped).ConfigureAwait(false);
        await Context.Response.Body.FlushAsync(Stopped).ConfigureAwait(false);
    }

    public async Task SendAsync(string frame)
    {
        await Context.Response.WriteAsync(frame, Stopped).ConfigureAwait(false);
        await Context.Response.Body.FlushAsync(Stopped).ConfigureAwait(false);
    }
}
