using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Connectors.Databricks.Emulator.Http;
using Microsoft.AspNetCore.Http;

namespace Connectors.Databricks.Emulator.Sql.Storage;

/// <summary>
/// Cloud storage with presigned links, on a port of its own. It rejects a request with an Authorization header, an expired link and a
/// signature that it did not create. Unconfirmed: the texts, which are those of Amazon S3 in part.
/// </summary>
internal sealed class StorageServer(TimeProvider clock, Func<string, int, byte[]?> read) : IAsyncDisposable
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly SemaphoreSlim _starting = new(1);
    private LoopbackApplication? _application;
    private Uri? _address;
    private int _rejectsUntil;

    /// <summary>The requests with their outcome.</summary>
    public List<StorageRequest> Requests { get; } = [];

    /// <summary>Links that were created before are rejected from now on.</summary>
    public void ExpireLinks() => Interlocked.Increment(ref _rejectsUntil);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_address is not null)
            {
                return;
            }

            _application = await LoopbackApplication.StartAsync(HandleAsync, [0], static _ => { }, cancellationToken).ConfigureAwait(false);
            _address = _application.Addresses[0];
        }
        finally
        {
            _starting.Release();
        }
    }

    public Uri Link(string statement, int chunk, DateTimeOffset expiration)
    {
        var path = $"/results/{statement}/{chunk.ToString(CultureInfo.InvariantCulture)}";
        var expires = expiration.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var epoch = Volatile.Read(ref _rejectsUntil).ToString(CultureInfo.InvariantCulture);
        return new Uri(_address!, $"{path}?expires={expires}&epoch={epoch}&signature={Sign($"{path}\n{expires}\n{epoch}")}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync().ConfigureAwait(false);
        }

        _starting.Dispose();
    }

    private string Sign(string text) => Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));

    private async Task HandleAsync(HttpContext context)
    {
        var (status, body) = Respond(context.Request);
        lock (Requests)
        {
            Requests.Add(new StorageRequest(
                context.Request.Path, context.Request.Headers.ContainsKey("Authorization"), status));
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = status == 200 ? "application/json" : "application/xml";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private (int Status, byte[] Body) Respond(HttpRequest request)
    {
        var (expires, epoch) = (request.Query["expires"].ToString(), request.Query["epoch"].ToString());
        if (request.Headers.ContainsKey("Authorization"))
        {
            return Error(400, "InvalidArgument", "Only one auth mechanism allowed; only the query string or the header.");
        }

        if (request.Method != "GET" || request.Query["signature"] != Sign($"{request.Path}\n{expires}\n{epoch}"))
        {
            return Error(403, "SignatureDoesNotMatch", "The request signature does not match.");
        }

        if (long.Parse(expires, CultureInfo.InvariantCulture) <= clock.GetUtcNow().ToUnixTimeMilliseconds()
            || int.Parse(epoch, CultureInfo.InvariantCulture) < Volatile.Read(ref _rejectsUntil))
        {
            return Error(403, "AccessDenied", "Request has expired");
        }

        var parts = request.Path.ToString().Split('/');
        return read(parts[2], int.Parse(parts[3], CultureInfo.InvariantCulture)) is { } rows
            ? (200, rows)
            : Error(404, "NoSuchKey", "The specified key does not exist.");
    }

    private static (int Status, byte[] Body) Error(int status, string code, string message) =>
        (status, Encoding.UTF8.GetBytes($"<Error><Code>{code}</Code><Message>{message}</Message></Error>"));
}

/// <summary>A request to the storage.</summary>
internal sealed record StorageRequest(string Path, bool HasAuthorization, int Status);
