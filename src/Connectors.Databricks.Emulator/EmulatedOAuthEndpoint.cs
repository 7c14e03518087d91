using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.OAuth;

namespace Connectors.Databricks.Emulator;

/// <summary>
/// One address of the OAuth side. It answers by itself; its methods queue other answers, and each request takes the next.
/// Methods that decorate an answer stand before the answer they decorate, as those of <see cref="EmulatedEndpoint"/> do.
/// </summary>
public sealed class EmulatedOAuthEndpoint
{
    private readonly OAuthEndpoint _endpoint;

    internal EmulatedOAuthEndpoint(OAuthEndpoint endpoint) => _endpoint = endpoint;

    /// <summary>The requests to this address so far, refused ones included. Bodies and headers hold secrets.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _endpoint.Watch.Requests;

    /// <summary>Fails with an OAuth error document (RFC 6749).</summary>
    /// <param name="status">The status.</param>
    /// <param name="error">The <c>error</c>.</param>
    /// <param name="description">The <c>error_description</c>; null leaves it out.</param>
    /// <param name="retryAfter">How long the <c>retry-after</c> header asks to wait, in whole seconds; null sends none.</param>
    /// <returns>This address.</returns>
    public EmulatedOAuthEndpoint Fails(
        int status, string error = "temporarily_unavailable", string? description = null, TimeSpan? retryAfter = null) =>
        Queue(new ScriptedFailure(_ => OAuthResponses.Error(status, error, description, retryAfter)));

    /// <summary>Fails with exactly this body.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The body; may be empty.</param>
    /// <param name="contentType">The content type.</param>
    /// <param name="headers">More headers.</param>
    /// <returns>This address.</returns>
    public EmulatedOAuthEndpoint FailsRaw(
        int status,
        string body,
        string contentType = "application/json",
        IReadOnlyDictionary<string, string>? headers = null) =>
        Queue(new ScriptedFailure(_ => new BodyResponse(status, contentType, Encoding.UTF8.GetBytes(body))
        {
            Headers = headers ?? new Dictionary<string, string>(),
        }));

    /// <summary>Answers with exactly this body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="status">The status.</param>
    /// <param name="contentType">The content type.</param>
    /// <returns>This address.</returns>
    public EmulatedOAuthEndpoint RepliesRaw(string body, int status = 200, string contentType = "application/json") =>
        Queue(new FixedBody(new BodyResponse(status, contentType, Encoding.UTF8.GetBytes(body))));

    /// <summary>Drops the connection before the first byte of an answer.</summary>
    /// <returns>This address.</returns>
    public EmulatedOAuthEndpoint DropsTheConnection() => Queue(new ScriptedDrop());

    /// <summary>Answers with the page a proxy shows to make a browser log in.</summary>
    /// <param name="status">The status; such pages usually come with 200.</param>
    /// <returns>This address.</returns>
    public EmulatedOAuthEndpoint ReturnsHtmlLogin(int status = 200) => Queue(new ScriptedFailure(_ => FailureResponses.LoginPage(status)));

    /// <summary>Answers by itself, decorated or not, before what is queued after it.</summary>
    /// <returns>This address.</returns>
    public EmulatedOAuthEndpoint AnswersByItself() => Queue(new AutomaticResponse());

    /// <summary>Holds back the next answer, headers included, by the emulator's clock.</summary>
    /// <param name="duration">How long.</param>
    /// <returns>This address.</returns>
    public EmulatedOAuthEndpoint DelaysTheHeadersBy(TimeSpan duration) =>
        Decorate(next => next.HeaderDelay is not null, next => next with { HeaderDelay = duration });

    /// <summary>Leaves a member such as <c>expires_in</c> out of the next answer. Failures and raw bodies stay as they are.</summary>
    /// <param name="member">Its name.</param>
    /// <returns>This address.</returns>
    public EmulatedOAuthEndpoint Omits(string member) =>
        Decorate(next => next.Members.ContainsKey(member), next => next with { Members = next.Members.SetItem(member, null) });

    /// <summary>
    /// Gives a member of the next answer this value, such as <c>expires_in</c> a text. Failures and raw bodies stay as they are.
    /// </summary>
    /// <param name="member">Its name; one the answer lacks is added.</param>
    /// <param name="value">Its value; changes to it afterwards have no effect.</param>
    /// <returns>This address.</returns>
    public EmulatedOAuthEndpoint Sends(string member, JsonNode value)
    {
        var copy = value.DeepClone();
        return Decorate(next => next.Members.ContainsKey(member), next => next with { Members = next.Members.SetItem(member, copy) });
    }

    /// <summary>From now on there is nothing at this address, as on hosts that lack OAuth or host metadata.</summary>
    /// <returns>This address.</returns>
    public EmulatedOAuthEndpoint AnswersNotFound()
    {
        _endpoint.IsMissing = true;
        return this;
    }

    /// <summary>Waits for the next request that no earlier call has returned.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The request, as soon as it has arrived whole; its answer may not have begun.</returns>
    public Task<RecordedRequest> WaitForRequestAsync(CancellationToken cancellationToken = default) =>
        _endpoint.Watch.WaitForRequestAsync(cancellationToken);

    /// <summary>Waits until an answer pauses on the emulator's clock, so that a test may move the clock.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
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
