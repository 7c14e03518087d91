using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Connectors.Databricks;

/// <summary>
/// The response as it was received. It is the <c>RawRepresentation</c> of a <c>ChatResponse</c>, and of each <c>ChatResponseUpdate</c> when
/// <see cref="DatabricksChatOptions.IncludeRawUpdates"/> is enabled.
/// </summary>
public sealed class DatabricksServingResponse
{
    private HttpResponseHeaders? _headers;

    /// <summary>Initializes a new instance of the <see cref="DatabricksServingResponse"/> class, such as for tests.</summary>
    public DatabricksServingResponse()
    {
    }

    [SetsRequiredMembers]
    internal DatabricksServingResponse(ReadOnlyMemory<byte> body, HttpResponseHeaders headers, string? requestId, string? servedModelName)
    {
        Body = body;
        _headers = headers;
        RequestId = requestId;
        ServedModelName = servedModelName;
    }

    /// <summary>Gets the JSON document as UTF-8: the whole body, or the data of one event of a stream.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Gets the response headers, including rate limit headers where the service sends them.</summary>
    /// <value>Default: empty.</value>
    public HttpResponseHeaders Headers
    {
        get => _headers ??= NoHeaders();
        init => _headers = value;
    }

    /// <summary>Gets the request id, for support requests, or <see langword="null"/> when the service sent none.</summary>
    public string? RequestId { get; init; }

    /// <summary>
    /// Gets the served entity that handled the request (header <c>served-model-name</c>), or <see langword="null"/> when the service sent
    /// none.
    /// </summary>
    public string? ServedModelName { get; init; }

    /// <summary>
    /// Gets the <c>traceresponse</c> header, the W3C trace context of Unity Gateway; <see langword="null"/> when it was not sent.
    /// </summary>
    public string? TraceResponse =>
        Headers.NonValidated.TryGetValues("traceresponse", out var values) && values.ToString() is { Length: > 0 } trace ? trace : null;

    /// <summary>Parses <see cref="Body"/>; each call parses it again.</summary>
    /// <returns>The root of the document.</returns>
    /// <exception cref="JsonException"><see cref="Body"/> is not JSON.</exception>
    public JsonElement ToJsonElement()
    {
        var reader = new Utf8JsonReader(Body.Span);
        return JsonElement.ParseValue(ref reader);
    }

    // Headers have no public constructor.
    private static HttpResponseHeaders NoHeaders()
    {
        using var response = new HttpResponseMessage();
        return response.Headers;
    }
}
