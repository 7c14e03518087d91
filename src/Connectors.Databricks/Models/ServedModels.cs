using System.Collections.Concurrent;
using System.Net;

namespace Connectors.Databricks.Models;

/// <summary>
/// Finds out what endpoints serve whose names do not say: each is asked once, for all who wait, and remembered. A question that fails
/// leaves the endpoint unknown, and never fails the call that asked it.
/// </summary>
/// <param name="catalog">What is known of models.</param>
/// <param name="clock">The clock of waits and pauses.</param>
/// <param name="entities">Tells what an endpoint serves.</param>
internal sealed class ServedModels(DatabricksModelCatalog catalog, TimeProvider clock, IServedEntities entities)
{
    /// <summary>A chat waits no longer for what it can do without; the answer comes for the next one.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>A management API that does not answer is left alone for a while: each question takes its retries.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>A name comes with each call, and may come from a stranger: beyond these nobody is asked.</summary>
    internal const int MostEndpoints = 1000;

    private readonly ConcurrentDictionary<string, Question> _questions = new(StringComparer.Ordinal);

    /// <summary>Whether it is worth to ask: nobody has, or an answer is near, or the pause is over.</summary>
    public bool MayTell(string endpointName) => _questions.TryGetValue(endpointName, out var question)
        ? question.MayTell(clock.GetUtcNow())
        : _questions.Count < MostEndpoints;

    /// <returns>The record of the model that the endpoint serves; null when that is not known, or not yet.</returns>
    public async Task<DatabricksModelInfo?> FindAsync(string endpointName, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var question = _questions.AddOrUpdate(
            endpointName, name => Ask(name, now), (name, known) => known.IsToBeRepeated(now) ? Ask(name, now) : known);
        try
        {
            return (await question.Answer.WaitAsync(LongestWait, clock, cancellationToken).ConfigureAwait(false)).Record;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public void Forget(string? endpointName)
    {
        if (endpointName is null)
        {
            _questions.Clear();
        }
        else
        {
            _questions.TryRemove(endpointName, out _);
        }
    }

    private Question Ask(string endpointName, DateTimeOffset now) => new(now, () => AnswerAsync(endpointName));

    // The question outlives a caller who gives up: others wait for its answer.
    private async Task<Reply> AnswerAsync(string endpointName)
    {
        try
        {
            var served = await entities.OfAsync(endpointName, CancellationToken.None).ConfigureAwait(false);
            var records = served.Select(RecordOf).Distinct().ToList();

            // An endpoint that serves nothing yet is being made.
            return new Reply(records.Count == 1 ? records[0] : null, served.Count == 0 ? clock.GetUtcNow() + Pause : DateTimeOffset.MaxValue);
        }
        catch (DatabricksServingException exception) when (exception.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
        {
            // Who may query an endpoint need not be allowed to view it.
            return new Reply(null, DateTimeOffset.MaxValue);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever it is, the chat that asked has its own request to make, and meets it there if it is not gone.
            return new Reply(null, clock.GetUtcNow() + Pause);
        }
    }

    private DatabricksModelInfo? RecordOf(ServedEntity entity) =>
        entity.Provider is { } provider ? catalog.Find(provider, entity.ExternalName ?? string.Empty) :
        entity.Name is { } name ? catalog.Find(name) : null;

    /// <param name="Record">What is served; null when that is not known.</param>
    /// <param name="RepeatAt">When to ask again.</param>
    private sealed record Reply(DatabricksModelInfo? Record, DateTimeOffset RepeatAt);

    private sealed class Question(DateTimeOffset askedAt, Func<Task<Reply>> ask)
    {
        private readonly Lazy<Task<Reply>> _answer = new(ask);

        public Task<Reply> Answer => _answer.Value;

        public bool IsToBeRepeated(DateTimeOffset now) => Known is { Record: null } reply && reply.RepeatAt <= now;

        public bool MayTell(DateTimeOffset now) =>
            Known is { } reply ? reply.Record is not null || reply.RepeatAt <= now : now < askedAt + LongestWait;

        private Reply? Known => _answer.IsValueCreated && _answer.Value is { IsCompletedSuccessfully: true } task ? task.Result : null;
    }
}
