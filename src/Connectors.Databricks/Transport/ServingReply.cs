using System.Net.Http.Headers;

namespace Connectors.Databricks.Transport;

/// <summary>An answer whose status is known and good; its body is still on the wire.</summary>
internal sealed class ServingReply(HttpResponseMessage response) : IDisposable
{
    public HttpResponseHeaders Headers => response.Headers;

    public HttpContent Content => response.Content;

    public string? RequestId { get; } = ReplyHeaders.RequestId(response.Headers);

    public string? ServedModelName { get; } = ReplyHeaders.First(response.Headers, "served-model-name");

    /// <summary>The media type, without parameters; null when there is none.</summary>
    public string? MediaType => response.Content.Headers.ContentType?.MediaType;

    /// <summary>Whether one document came: JSON, or a page. Whatever else answers a request for a stream is read as one.</summary>
    public bool IsDocument =>
        MediaType is { } mediaType &&
        (mediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase) || mediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    public bool IsHtml => string.Equals(MediaType, "text/html", StringComparison.OrdinalIgnoreCase);

    public DatabricksServingResponse Raw(ReadOnlyMemory<byte> body) => new(body, Headers, RequestId, ServedModelName);

    public void Dispose() => response.Dispose();
}
