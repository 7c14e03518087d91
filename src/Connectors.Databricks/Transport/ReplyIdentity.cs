using System.Net.Http.Headers;

namespace Connectors.Databricks.Transport;

/// <summary>What the headers of a response identify, read in one pass: each lookup by name would search all headers.</summary>
/// <param name="RequestId">The request id, as <see cref="ReplyHeaders.RequestId"/> selects it; null when none was sent.</param>
/// <param name="TraceResponse">The W3C trace context of Unity Gateway; null when none was sent.</param>
/// <param name="ServedModelName">The served entity; null when none was sent.</param>
internal sealed record ReplyIdentity(string? RequestId, string? TraceResponse, string? ServedModelName)
{
    private static readonly ReplyIdentity None = new(null, null, null);

    public static ReplyIdentity Of(HttpResponseHeaders headers)
    {
        var identity = None;
        var isRequestIdPresent = false;
        foreach (var (name, values) in headers.NonValidated)
        {
            isRequestIdPresent |= name.EndsWith("request-id", StringComparison.OrdinalIgnoreCase);
            if (name.Equals("traceresponse", StringComparison.OrdinalIgnoreCase))
            {
                identity = identity with { TraceResponse = values.ToString() is { Length: > 0 } trace ? trace : null };
            }
            else if (name.Equals("served-model-name", StringComparison.OrdinalIgnoreCase))
            {
                identity = identity with { ServedModelName = values.ToString() };
            }
        }

        return isRequestIdPresent ? identity with { RequestId = ReplyHeaders.RequestId(headers) } : identity;
    }
}
