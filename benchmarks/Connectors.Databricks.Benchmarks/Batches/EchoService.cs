using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Connectors.Databricks.Benchmarks.Batches;

/// <summary>
/// A chat service in this process: it parses each request and repeats its prompt in a response of thirty words. It completes
/// asynchronously, as every service does.
/// </summary>
internal sealed class EchoService : HttpMessageHandler
{
    /// <summary>The address that both contenders call.</summary>
    public static readonly Uri Host = new("https://dbc-1234abcd-5678.cloud.databricks.com");

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private static ReadOnlySpan<byte> Start =>
        """
        {"id":"chatcmpl-0f5b","object":"chat.completion","created":1764000000,"model":"meta-llama-3.3-70b-instruct-121024",
        "choices":[{"index":0,"message":{"role":"assistant","content":"
        """u8;

    private static ReadOnlySpan<byte> End =>
        """
        : the quick brown fox jumps over the lazy dog, and the result is forty-two, as a reader of the book would have guessed anyway."},
        "finish_reason":"stop","logprobs":null}],"usage":{"prompt_tokens":32,"completion_tokens":41,"total_tokens":73}}
        """u8;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        await Task.Yield();
        var content = new ByteArrayContent(ResponseTo(body));
        content.Headers.ContentType = Json;
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request };
    }

    /// <summary>The body of the response to the body of a request.</summary>
    public static byte[] ResponseTo(byte[] body) => [.. Start, .. PromptOf(body), .. End];

    private static ReadOnlySpan<byte> PromptOf(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("content"u8))
            {
                reader.Read();
                return reader.ValueSpan;
            }
        }

        throw new InvalidDataException("The request has no message.");
    }
}
