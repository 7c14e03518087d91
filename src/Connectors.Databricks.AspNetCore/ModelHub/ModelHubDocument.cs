using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Connectors.Databricks.AspNetCore.Json;
using Microsoft.AspNetCore.Http;

namespace Connectors.Databricks.AspNetCore.ModelHub;

/// <summary>A response that is the same until the workspace is read again: a client that has it receives a 304.</summary>
internal sealed class ModelHubDocument
{
    private readonly byte[] _body;
    private readonly string _contentType;
    private readonly string _etag;

    public ModelHubDocument(byte[] body, string contentType)
    {
        _body = body;
        _contentType = contentType;
        _etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"";
    }

    /// <summary>A document that does not exist: a response without content.</summary>
    public static ModelHubDocument None { get; } = new([], string.Empty);

    public static ModelHubDocument Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonReply.WriterOptions))
        {
            write(writer);
        }

        return new ModelHubDocument(buffer.WrittenSpan.ToArray(), "application/json");
    }

    public async Task SendAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers.ETag = _etag;

        // What a user may see depends on the authorization of the app.
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Tag == _etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (_body.Length == 0)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        response.ContentType = _contentType;
        response.ContentLength = _body.Length;
        await response.Body.WriteAsync(_body, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Adds the source and the age of a list: the body does not have them, so that it stays the same.</summary>
    public Task SendAsync(HttpContext context, ModelHubListing listing)
    {
        var response = context.Response;
        response.Headers["Model-Hub-Source"] = listing.Source;
        if (!listing.IsTable)
        {
            response.Headers.Age = ((long)listing.Age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (listing.IsStale)
        {
            response.Headers["Model-Hub-Stale"] = "true";
        }

        return SendAsync(context);
    }
}
