using System.Net.Http.Headers;
using System.Text.Json;

namespace Connectors.Databricks;

/// <summary>
/// What arrived on the wire. It is the <c>RawRepresentation</c> of a <c>ChatResponse</c>, and of each <c>ChatResponseUpdate</c> when
/// <see cref="DatabricksChatOptions.IncludeRawUpdates"/> is on.
/// </summary>
public sealed class DatabricksServingResponse
{
    internal DatabricksServingResponse(ReadOnlyMemory<byte> body, HttpResponseHeaders headers, string? requestId, string? servedModelName)
    {
        Body = body;
        Headers = headers;
        RequestId = requestId;
        ServedModelName = servedModelName;
    }

    /// <summary>The JSON document as UTF-8: the whole body, or the data of one event of a stream.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The response headers, rate-limit headers included where the service sends them.</summary>
    public HttpResponseHeaders Headers { get; }

    /// <summary>The id that Databricks support asks for; <see langword="null"/> when the service sent none.</summary>
    public string? RequestId { get; }

    /// <summary>
    /// The served entity that answered (header <c>served-model-name</c>); <see langword="null"/> when the service sent none.
    /// </summary>
    public string? ServedModelName { get; }

    /// <summary>Parses <see cref="Body"/>; each call parses it again.</summary>
    /// <returns>The root of the document.</returns>
    /// <exception cref="JsonException"><see cref="Body"/> is not JSON.</exception>
    public JsonElement ToJsonElement()
    {
        var reader = new Utf8JsonReader(Body.Span);
        return JsonElement.ParseValue(ref reader);
    }
}
