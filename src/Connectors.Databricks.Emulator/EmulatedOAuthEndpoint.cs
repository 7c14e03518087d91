using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.OAuth;

namespace Connectors.Databricks.Emulator;

/// <summary>
/// An OAuth address. It responds automatically; its methods queue scripted responses, and each request takes the next. A method that
/// modifies a response applies to the response queued after it, as with <see cref="EmulatedEndpoint"/>.
/// </summary>
public sealed class EmulatedOAuthEndpoint
{
    private readonly OAuthEndpoint _endpoint;

    internal EmulatedOAuthEndpoint(OAuthEndpoint endpoint) => _endpoint = endpoint;

    /// <summary>Gets the requests to this address, including rejected ones. Bodies and headers contain secrets.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _endpoint.Watch.Requests;

    /// <summary>Queues an OAuth error document (RFC 6749).</summary>
    /// <param name="status">The status.</param>
    /// <param name="error">The <c>error</c>.</param>
    /// <param name="description">The <c>error_description</c>; null omits it.</param>
    /// <param name="retryAfter">The delay in the <c>retry-after</c> header, in whole seconds; null sends no header.</param>
    /// <returns>The same instance, for chaining.</returns>
    public EmulatedOAuthEndpoint Fails(
        int status, string error = "temporarily_unavailable", string? description = null, TimeSpan? retryAfter = null) =>
        Queue(new ScriptedFailure(_ => OAuthResponses.Error(status, error, description, retryAfter)));

    /// <summary>Queues a failure with this body.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The body; may be empty.</param>
    /// <param name="contentType">The content type.</param>
    /// <param name="headers">Additional headers.</param>
    /// <returns>The same instance, for chaining.</returns>
    public EmulatedOAuthEndpoint FailsRaw(
        int status,
        string body,
        string contentType = "application/json",
        IReadOnlyDictionary<string, string>? headers = null) =>
        Queue(new ScriptedFailure(_ => new BodyResponse(status, contentType, Encoding.UTF8.GetBytes(body))
        {
            Headers = headers ?? new Dictionary<string, string>(),
        }));

    /// <summary>Queues a response with this body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="status">The status.</param>
    /// <param name="contentType">The content type.</param>
    /// <returns>The same instance, for chaining.</returns>
    public EmulatedOAuthEndpoint RepliesRaw(string body, int status = 200, string contentType = "application/json") =>
        Queue(new FixedBody(new BodyResponse(status, contentType, Encoding.UTF8.GetBytes(body))));

    /// <summary>Drops the connection before the first byte of the response.</summary>
    /// <returns>The same instance, for chaining.</returns>
    public EmulatedOAuthEndpoint DropsTheConnection() => Queue(new ScriptedDrop());

    /// <summary>Queues the HTML login page of a proxy.</summary>
    /// <param name="status">The status; usually 200.</param>
    /// <returns>The same instance, for chaining.</returns>
    public EmulatedOAuthEndpoint ReturnsHtmlLogin(int status = 200) => Queue(new ScriptedFailure(_ => FailureResponses.LoginPage(status)));

    /// <summary>Queues an automatic response, for example to modify it.</summary>
    /// <returns>The same instance, for chaining.</returns>
    public EmulatedOAuthEndpoint AnswersByItself() => Queue(new AutomaticResponse());

    /// <summary>Delays the next response, including its headers, on the emulator's clock.</summary>
    /// <param name="duration">The duration.</param>
    /// <returns>The same instance, for chaining.</returns>
    public EmulatedOAuthEndpoint DelaysTheHeadersBy(TimeSpan duration) =>
        Decorate(next => next.HeaderDelay is not null, next => next with { HeaderDelay = duration });

    /// <summary>Omits a member such as <c>expires_in</c> from the next response. Failures and raw bodies are not changed.</summary>
    /// <param name="member">The name of the member.</param>
    /// <returns>The same instance, for chaining.</returns>
    public EmulatedOAuthEndpoint Omits(string member) =>
        Decorate(next => next.Members.ContainsKey(member), next => next with { Members = next.Members.SetItem(member, null) });

    /// <summary>
    /// Sets a member of the next response, for example <c>expires_in</c> to a string. Failures and raw bodies are not changed.
    /// </summary>
    /// <param name="member">The name of the member; added when the response lacks it.</param>
    /// <param name="value">The value; later changes have no effect.</param>
    /// <returns>The same instance, for chaining.</returns>
    public EmulatedOAuthEndpoint Sends(string member, JsonNode value)
    {
        var copy = value.DeepClone();
        return Decorate(next => next.Members.ContainsKey(member), next => next with { Members = next.Members.SetItem(member, copy) });
    }

    /// <summary>Returns 404 for later requests, as hosts without OAuth or host metadata do.</summary>
    /// <returns>The same instance, for chaining.</returns>
    public EmulatedOAuthEndpoint AnswersNotFound()
    {
        _endpoint.IsMissing = true;
        return this;
    }

    /// <summary>Waits for the next request that no earlier call has returned.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The request, once it is received completely; its response may not have started.</returns>
    public Task<RecordedRequest> WaitForRequestAsync(CancellationToken cancellationToken = default) =>
        _endpoint.Watch.WaitForRequestAsync(cancellationToken);

    /// <summary>Waits until a response pauses on the emulator's clock, so that a test can advance the clock.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes once the timer of the pause is set.</returns>
    public Task WaitForPauseAsync(CancellationToken cancellationToken = default) => _endpoint.Watch.WaitForPauseAsync(cancellationToken);

    private EmulatedOAuthEndpoint Queue(QueuedResponse turn)
    {
        _endpoint.ResponseQueue.Add(turn);
        return this;
    }

    private EmulatedOAuthEndpoint Decorate(Func<ResponseModifiers, bool> isTaken, Func<ResponseModifiers, ResponseModifiers> decorate)
    {
        _endpoint.ResponseQueue.Decorate(isTaken, decorate);
        return this;
    }
}
