using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Authentication.Tokens;

/// <summary>
/// Sends token requests and retries transient failures with exponential backoff (authentication reference §8). Every failure is thrown as a
/// <see cref="TokenCallException"/>, without secrets.
/// </summary>
internal sealed class TokenRequests(IPlatform platform, ILogger logger, Redaction redaction)
{
    /// <summary>The whole of a call, repetitions included.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private static readonly RequestHeader AcceptJson = RequestHeader.Create("Accept", "application/json", nameof(TokenRequests));

    // Tokens are a few kilobytes; a page that goes on and on is no token.
    private const int LargestBody = 1024 * 1024;

    /// <summary>The same, with more secrets that a response might echo.</summary>
    public TokenRequests Hiding(params IEnumerable<string?> secrets) => new(platform, logger, redaction.And(secrets));

    /// <summary>Returns the JSON object of a successful response.</summary>
    public async Task<JsonElement> GetObjectAsync(TokenCall call, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(call, cancellationToken).ConfigureAwait(false);
        if (!answer.Response.IsSuccessStatusCode)
        {
            throw Refused(call, answer);
        }

        try
        {
            using var document = TokenJson.Parse(answer.Body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return OAuthError.InSuccess(document.RootElement) is { } error
                    ? throw Refused(call, answer.Response.StatusCode, error, " with an error")
                    : document.RootElement.Clone();
            }
        }
        catch (JsonException)
        {
            // The body is not quoted: half of it may be a token.
        }

        throw new TokenCallException(
            $"{call.Purpose}: {call.ShownAddress} returned {(int)answer.Response.StatusCode} without a JSON object.");
    }

    /// <summary>Where an address redirects to; null when it does not.</summary>
    public async Task<Uri?> GetRedirectAsync(TokenCall call, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(call, cancellationToken).ConfigureAwait(false);
        return (int)answer.Response.StatusCode is >= 300 and < 400 ? answer.Response.Headers.Location : null;
    }

    private async Task<Answer> SendAsync(TokenCall call, CancellationToken cancellationToken)
    {
        if (!IsSafe(call.Address))
        {
            throw new TokenCallException(
                $"{call.Purpose}: {call.ShownAddress} does not use https, and secrets are not sent in clear text.");
        }

        using var limit = new CancellationTokenSource(LongestCall, platform.Clock);
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        TokenCallException? last = null;
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? retryAfter = null;
            try
            {
                var answer = await SendOnceAsync(call, whole.Token).ConfigureAwait(false);
                if (!call.Repeats || !MayPass(answer.Response.StatusCode))
                {
                    return answer;
                }

                using (answer)
                {
                    retryAfter = RetryAfter(answer.Response);
                    last = Refused(call, answer);
                }
            }
            catch (TokenCallException exception) when (call.Repeats && exception.IsTransient)
            {
                last = exception;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
            {
                throw last ?? TimedOut(call, LongestCall);
            }

            var delay = Delay(attempt, retryAfter);
            AuthenticationLog.Repeating(logger, call.Purpose, attempt, call.HidesAddress ? "***" : call.Address.Host, delay, last.Message);
            try
            {
                await Task.Delay(delay, platform.Clock, whole.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw last;
            }
        }
    }

    // The metadata service of a cloud's machine is reached without leaving that machine.
    private static bool IsSafe(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && SystemPlatform.BypassesProxy(address));

    private async Task<Answer> SendOnceAsync(TokenCall call, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(call.AttemptTimeout, platform.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var request = NewRequest(call);
        HttpResponseMessage? response = null;
        try
        {
            response = await platform.SendAsync(request, stop.Token).ConfigureAwait(false);
            return new Answer(response, await ReadAsync(response, stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            response?.Dispose();
            throw TimedOut(call, call.AttemptTimeout);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException)
        {
            response?.Dispose();
            var what = response is null
                ? "could not be reached"
                : $"returned {(int)response.StatusCode} {response.StatusCode}, and the response could not be read";
            var reason = redaction.Clean(QuotedBytes.Without(exception).Message);
            throw new TokenCallException($"{call.Purpose}: {call.ShownAddress} {what}: {reason}", isTransient: MayPass(exception))
            {
                StatusCode = response?.StatusCode,
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A programming error, not a service failure; its message may still quote the request.
            response?.Dispose();
            throw new InvalidOperationException($"{call.Purpose}: {exception.GetType().Name}: {redaction.Clean(exception.Message)}");
        }
    }

    private static HttpRequestMessage NewRequest(TokenCall call)
    {
        var request = new HttpRequestMessage(
            call.Method, call.Address) { Content = call.Form is null ? null : new FormUrlEncodedContent(call.Form) };
        if (call.Form is null && call.Method == HttpMethod.Post)
        {
            request.Content = new ByteArrayContent([]);
        }

        AcceptJson.AddTo(request);
        foreach (var header in call.Headers)
        {
            header.AddTo(request);
        }

        return request;
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var kept = new MemoryStream();
        var block = new byte[8192];
        int read;
        while ((read = await body.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (kept.Length + read <= LargestBody)
            {
                kept.Write(block, 0, read);
            }
            else if (response.IsSuccessStatusCode)
            {
                throw new InvalidDataException($"it is larger than {LargestBody} bytes");
            }
            else
            {
                // The status is the failure to report; the text of a page adds no information.
                break;
            }
        }

        return kept.ToArray();
    }

    private TokenCallException Refused(TokenCall call, Answer answer) =>
        Refused(call, answer.Response.StatusCode, OAuthError.Read(answer.Body));

    private TokenCallException Refused(TokenCall call, HttpStatusCode status, OAuthError? error, string qualifier = "")
    {
        var what = error is null ? string.Empty : $": {redaction.Clean(error.Text)}";
        return new TokenCallException(
            $"{call.Purpose}: {call.ShownAddress} returned {(int)status} {status}{qualifier}{what}", MayPass(status))
        {
            StatusCode = status,
            ErrorCode = error?.Code is { } code ? redaction.Clean(code) : null,
        };
    }

    private static TokenCallException TimedOut(TokenCall call, TimeSpan limit) =>
        new($"{call.Purpose}: {call.ShownAddress} did not respond within {limit.TotalSeconds:0} seconds.", isTransient: true);

    // Not 500: that is a response, and a retry would get the same.
    private static bool MayPass(HttpStatusCode status) => (int)status is 429 or 502 or 503 or 504;

    // Not an unknown name: that is a mistake in the address.
    private static bool MayPass(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket)
            {
                return socket.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionRefused or SocketError.TimedOut;
            }

            if (inner is TimeoutException)
            {
                return true;
            }
        }

        // Before the headers, or within the body.
        return exception is HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }
            or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - platform.Clock.GetUtcNow(),
        _ => null,
    };

    // Full jitter: anything up to the doubled delay, so that a fleet does not come back as one; never before the service allows.
    private TimeSpan Delay(int attempt, TimeSpan? retryAfter)
    {
        var ceiling = Math.Min(FirstDelay.TotalSeconds * Math.Pow(2, attempt - 1), LongestDelay.TotalSeconds);
        var delay = TimeSpan.FromSeconds(ceiling * platform.NextRandom());
        delay = retryAfter > delay ? retryAfter.Value : delay;

        // A wait beyond the end of the call is cut off by it; one of months is more than a timer takes.
        return delay < LongestCall ? delay : LongestCall;
    }

    /// <summary>A response with its complete body.</summary>
    private sealed record Answer(HttpResponseMessage Response, byte[] Body) : IDisposable
    {
        public void Dispose() => Response.Dispose();
    }
}
