using Connectors.Databricks.Authentication;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Transport;

/// <summary>One attempt of a call: where it goes, and the token it carries.</summary>
/// <param name="call">The call with its complete address.</param>
/// <param name="authenticator">Provides the tokens of that address.</param>
internal sealed class Attempt(ServingCall call, ICallAuthenticator authenticator)
{
    private static readonly RequestHeader AcceptsJson = AcceptHeader("application/json");
    private static readonly RequestHeader AcceptsEvents = AcceptHeader("text/event-stream, application/json");

    public ServingCall Call => call;

    public ICallAuthenticator Authenticator => authenticator;

    public DatabricksAccessToken Token { get; set; }

    /// <summary>A new message with the body and every header.</summary>
    public HttpRequestMessage NewRequest(UserAgent userAgent)
    {
        // The framework resends a request without content up to three times by itself when its connection closes. With content, be it
        // empty, the retry strategy decides.
        var request = new HttpRequestMessage(call.Method, call.Uri) { Content = call.Body?.NewContent() ?? new ByteArrayContent([]) };
        authenticator.Authorize(request, Token);
        userAgent.With(authenticator.AuthType).AddTo(request);
        (call.Accept is { } accept ? AcceptHeader(accept) : call.IsStream ? AcceptsEvents : AcceptsJson).AddTo(request);
        foreach (var header in call.Headers)
        {
            header.AddTo(request);
        }

        if (call.RequestTags is { } tags)
        {
            RequestHeader.CreateText("Databricks-Ai-Gateway-Request-Tags", tags, nameof(DatabricksChatOptions.RequestTags)).AddTo(request);
        }

        return request;
    }

    private static RequestHeader AcceptHeader(string mediaTypes) => RequestHeader.CreateText("Accept", mediaTypes, nameof(ServingCall));
}
