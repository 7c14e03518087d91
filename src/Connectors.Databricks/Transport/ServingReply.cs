using System.Net.Http.Headers;
using System.Text.Json;

namespace Connectors.Databricks.Transport;

/// <summary>A successful response, whose body has not been read.</summary>
internal sealed class ServingReply(HttpResponseMessage response, DatabricksResponseLimitOptions limits) : IDisposable
{
    private ReplyIdentity? _identity;

    public DatabricksResponseLimitOptions Limits => limits;

    /// <summary>When the call began, including retries; 0 when no listener measures it.</summary>
    public long StartedAt { get; init; }

    /// <summary>The caller's own token, which outlives the timeout of the call.</summary>
    public CancellationToken CallerToken { get; init; }

    /// <summary>The lease of the rate limiter, released with the reply.</summary>
    public IDisposable? Lease { private get; set; }

    /// <summary>The complete body of an idempotent call, which is read within the attempt; null until then.</summary>
    public ServedDocument? Document { get; set; }

    /// <summary>How JSON in it is read.</summary>
    public JsonReaderOptions Json => new() { MaxDepth = limits.MaxJsonDepth };

    public HttpResponseHeaders Headers => response.Headers;

    public HttpContent Content => response.Content;

    public string? RequestId => Identity.RequestId;

    public string? ServedModelName => Identity.ServedModelName;

    public string? TraceResponse => Identity.TraceResponse;

    /// <summary>The media type, without parameters; null when there is none.</summary>
    public string? MediaType { get; } = ReplyHeaders.MediaType(response.Content.Headers);

    /// <summary>
    /// Whether the response is one document: JSON, or a page. Any other response to a streaming request is read as a stream.
    /// </summary>
    public bool IsDocument =>
        MediaType is { } mediaType && !IsEventStream &&
        (mediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase)
                || mediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether server-sent events came.</summary>
    public bool IsEventStream => string.Equals(MediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase);

    public bool IsHtml => string.Equals(MediaType, "text/html", StringComparison.OrdinalIgnoreCase);

    // Looked up once, when the response is complete, so that it does not delay the first update.
    private ReplyIdentity Identity => _identity ??= ReplyIdentity.Of(response.Headers);

    public DatabricksServingResponse Raw(ReadOnlyMemory<byte> body) => new(body, Headers, RequestId, ServedModelName);

    public void Dispose()
    {
        response.Dispose();
        Lease?.Dispose();
    }
}
