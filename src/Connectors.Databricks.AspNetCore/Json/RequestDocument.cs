using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Unicode;
using Connectors.Databricks.AspNetCore.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Connectors.Databricks.AspNetCore.Json;

/// <summary>Reads the body of a request: JSON of a bounded size and depth, without duplicate members.</summary>
internal static class RequestDocument
{
    /// <summary>Deep enough for schemas of tools inside a request.</summary>
    private const int MaxDepth = 64;

    /// <exception cref="RejectedRequestException">The body is too large, or is not a JSON object.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpContext context, long maxBytes)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw InvalidRequests.NotJsonContent();
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // The limit of this route takes precedence over that of the server, in both directions.
            limit.MaxRequestBodySize = maxBytes;
        }

        if (context.Request.ContentLength > maxBytes)
        {
            throw TooLarge(context, maxBytes);
        }

        var buffer = await ReadBodyAsync(context, maxBytes).ConfigureAwait(false);
        try
        {
            var document = JsonDocument.Parse(buffer, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            RequireUnicode(buffer.Span);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The exception quotes the body, so it is not kept.
            throw InvalidRequests.NotJson("The request body is not valid JSON, is nested too deeply, or repeats a member.");
        }

        throw InvalidRequests.NotJson("The request body must be a JSON object.");
    }

    /// <summary>
    /// The parser checks neither UTF-8 nor halves of surrogate pairs, and looking up a member next to a name with either would fail.
    /// </summary>
    private static void RequireUnicode(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new JsonException();
        }

        if (json.IndexOf("\\u"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                reader.GetString();
            }
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext context, long maxBytes)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await NextAsync(context, reader, maxBytes).ConfigureAwait(false);
            if (result.Buffer.Length > maxBytes)
            {
                reader.AdvanceTo(result.Buffer.End);
                throw TooLarge(context, maxBytes);
            }

            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static async ValueTask<ReadResult> NextAsync(HttpContext context, PipeReader reader, long maxBytes)
    {
        try
        {
            return await reader.ReadAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(context, maxBytes);
        }
    }

    // The rest of the body is not read, so the server closes the connection. Without the header, a client sends its next request there.
    private static RejectedRequestException TooLarge(HttpContext context, long maxBytes)
    {
        if (!HttpProtocol.IsHttp2(context.Request.Protocol) && !HttpProtocol.IsHttp3(context.Request.Protocol))
        {
            context.Response.Headers.Connection = "close";
        }

        return InvalidRequests.TooLarge(maxBytes);
    }
}
