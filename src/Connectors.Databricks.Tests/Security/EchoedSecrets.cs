using System.Net;
using System.Text;

namespace Connectors.Databricks.Tests.Security;

/// <summary>
/// A service that repeats the token of each request, and the key in its body, in one encoding and at one place of its answer.
/// </summary>
internal sealed class EchoedSecrets(string encoding, string place) : HttpMessageHandler
{
    public const string Token = "xCanaryToken.q7Zt/4+Wm~29-Kd_LpVx81Rb";
    public const string Key = "xCanaryKey.8fH2=s5!Jd0qPz74TnBc";

    public static IReadOnlyDictionary<string, Func<string, string>> Encodings { get; } = new Dictionary<string, Func<string, string>>
    {
        ["raw"] = text => text,
        ["JSON"] = text => string.Concat(text.Select(c => $"\\u{(int)c:x4}")),
        ["JSON slashes"] = text => text.Replace("/", "\\/", StringComparison.Ordinal),
        ["percent"] = text => string.Concat(Encoding.ASCII.GetBytes(text).Select(octet => $"%{octet:x2}")),
        ["form"] = WebUtility.UrlEncode,
        ["HTML"] = text => string.Concat(text.Select(c => $"&#{(int)c};")),
        ["base64"] = text => Convert.ToBase64String(Encoding.ASCII.GetBytes($"u:{text}")),
        ["hexadecimal"] = Hex,
        ["hexadecimal in base64"] = text => Convert.ToBase64String(Encoding.ASCII.GetBytes(Hex(text))),
        ["UTF-16"] = text => string.Concat(text.Select(c => $"{c}\0")),
        ["first cut"] = text => text[1..],
        ["last cut"] = text => text[..^1],
        ["mixed"] = text => $"{Uri.EscapeDataString(text[..9])}\\u{(int)text[9]:x4}&#{(int)text[10]};{text[11..]}",
    };

    public static IReadOnlyList<string> Places { get; } =
        [
            "message of a 400", "text of a 500", "code of a 429", "error in a 200", "event of an error", "title of a page", "request id",
            "reason phrase", "exception", "exception below",
        ];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        var secrets = body.Contains(Key, StringComparison.Ordinal) ? $"{Token} and {Key}" : Token;
        Assert.Equal($"Bearer {Token}", request.Headers.GetValues("Authorization").Single());
        var echo = string.Join(' ', secrets.Split(' ').Select(word => word.Length > 10 ? Encodings[encoding](word) : word));
        var json = System.Text.Json.JsonEncodedText.Encode(echo).ToString();
        return place switch
        {
            "message of a 400" => Answer(HttpStatusCode.BadRequest, $$"""{"error_code":"BAD_REQUEST","message":"No: {{json}} here."}"""),
            "text of a 500" => Answer(HttpStatusCode.InternalServerError, $"No: {echo} here.", "text/plain"),
            "code of a 429" => Answer(HttpStatusCode.TooManyRequests, $$"""{"error_code":"{{json}}","message":"No."}"""),
            "error in a 200" => Answer(HttpStatusCode.OK, $$$"""{"error":{"message":"No: {{{json}}} here.","code":"{{{json}}}"} }"""),
            "event of an error" => Answer(
                HttpStatusCode.OK, $$$"""data: {"error":{"message":"No: {{{json}}} here."} }""" + "\n\n", "text/event-stream"),
            "title of a page" => Answer(HttpStatusCode.OK, $"<html><title>{echo}</title></html>", "text/html"),
            "request id" => WithRequestId(Answer(HttpStatusCode.BadRequest, """{"message":"No."}"""), echo),
            "reason phrase" =>
                new HttpResponseMessage(HttpStatusCode.BadGateway) { ReasonPhrase = echo.Replace("\0", "", StringComparison.Ordinal) },
            "exception" =>
                throw new HttpRequestException(HttpRequestError.ProxyTunnelError, $"The proxy 'http://user:{echo}@proxy' answered 407."),
            _ => throw new HttpRequestException("No answer.", new IOException($"Sent: {echo}")),
        };
    }

    private static string Hex(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));

    private static HttpResponseMessage Answer(HttpStatusCode status, string body, string mediaType = "application/json") =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, mediaType) };

    private static HttpResponseMessage WithRequestId(HttpResponseMessage response, string id)
    {
        response.Headers.TryAddWithoutValidation("x-request-id", id.Replace("\0", "", StringComparison.Ordinal));
        return response;
    }
}
