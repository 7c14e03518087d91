using System.Net;
using System.Net.Http.Headers;

namespace Connectors.Databricks.Benchmarks.Service;

/// <summary>
/// Returns the same bytes for every request, without a network. The request body is read to its end, so that writing it is measured.
/// </summary>
internal sealed class PreparedService(byte[] reply, string mediaType, int readSize = PreparedService.UsualReadSize) : HttpMessageHandler
{
    /// <summary>
    /// 8 KB: between the 4 KB that a proxy passes on at a time and the 16 KB of a full TLS record. About thirty events arrive in one
    /// read, and every read but a lucky one ends in the middle of an event.
    /// </summary>
    public const int UsualReadSize = 8 * 1024;

    /// <summary>The address that all contenders call.</summary>
    public static readonly Uri Host = new("https://dbc-1234abcd-5678.cloud.databricks.com");

    private readonly MediaTypeHeaderValue _mediaType = new(mediaType);

    /// <summary>When set, the body of each request is kept here; for checks, not for measuring.</summary>
    public MemoryStream? Received { get; set; }

    public static PreparedService Streaming(byte[] events, int readSize = UsualReadSize) => new(events, "text/event-stream", readSize);

    public static PreparedService Whole(byte[] document) => new(document, "application/json");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Received?.SetLength(0);
        if (request.Content is { } content)
        {
            await content.CopyToAsync(Received ?? Stream.Null, cancellationToken);
        }

        return Answer(request);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        var content = new StreamContent(new ChunkedStream(reply, readSize));
        content.Headers.ContentType = _mediaType;
        if (mediaType == "application/json")
        {
            content.Headers.ContentLength = reply.Length;
        }

        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request };
    }
}
